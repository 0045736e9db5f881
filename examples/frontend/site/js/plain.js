// A page that needs no more than its texts.

import { page } from "./frame.js";

page();
