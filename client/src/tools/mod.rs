//! Tools: gestures into changes, one state machine a file.
