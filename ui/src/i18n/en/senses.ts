/** What is seen and heard on this device: the clock, and where sounds come from. */
export const senses = {
  'appearance.clock': 'Clock',
  'clock.language': 'As usual here',
  'clock.12': '12 hours',
  'clock.24': '24 hours',
  'time.theirs': '{mine} · {theirs} where {name} is',
  'sounds.output': 'Sounds come from',
  'sounds.output_usual': 'The usual output',
  'sounds.output_show': 'Show outputs',
  'sounds.output_number': 'Output {number}',
  'sounds.output_failed': 'This device does not tell its outputs. Sounds stay with the usual one.',
  'sounds.output_hint':
    'Browsers name them only to pages that may use the microphone. Nothing is recorded.',
} as const;
