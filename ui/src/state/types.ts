/** The nouns for components, which know state and not the API. */
export type * from '../api/types';
export type {
  ContactChange,
  Demo,
  DemoFaults,
  DemoLine,
  NewUser,
  Persona,
  PhoneCheck,
  QueueInput,
  SessionVerb,
  Span,
  Target,
  UserChange,
} from '../api/calls';
