// The projector: nobody touches it.

import { Person } from "./person.mjs";

export class Wall extends Person {
  isReady() {
    return this.by("wall").waitFor();
  }
}
