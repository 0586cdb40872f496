//! What the notes tell when they are read together: which are alike, which are far apart, which
//! thoughts somebody has not met, and what nobody has touched yet.
