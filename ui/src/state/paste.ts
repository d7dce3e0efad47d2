/** Pure: which field of a form a pasted value is meant for, told by the fields' patterns. */
import type { Field } from './types';

function matches(field: Field, value: string): boolean {
  if (!field.pattern) return false;
  try {
    return new RegExp(`^(?:${field.pattern})$`).test(value);
  } catch {
    return false;
  }
}

/** Whether a value has the shape its field expects; `null` when the field says nothing of it. */
export function looksRight(field: Field, value: string): boolean | null {
  if (!field.pattern || value === '') return null;
  return matches(field, value.trim());
}

/**
 * Reads a paste: a value for this field, a value for another one, or several lines or
 * `NAME=value` pairs for several fields. Only fields whose shape is recognised are answered.
 */
export function detect(fields: Field[], into: string, pasted: string): Record<string, string> {
  const pieces = pasted
    .split(/[\s,;]+/)
    .map((piece) => piece.replace(/^[\w-]+[=:](?!\/\/)/, '').replace(/^["']|["']$/g, ''))
    .filter(Boolean);
  const own = fields.find((field) => field.name === into);
  const found: Record<string, string> = {};
  for (const piece of pieces) {
    const free = fields.filter((field) => !(field.name in found) && matches(field, piece));
    const target = free.find((field) => field === own) ?? free[0];
    if (target) found[target.name] = piece;
  }
  return found;
}
