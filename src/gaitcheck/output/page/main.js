/** Starts the parts, each after those it listens to. */
import { startKeys } from "./keys.js";
import { startOverlay } from "./overlay.js";
import { startPlayer } from "./player.js";
import { startReview } from "./review.js";
import { startTables } from "./table.js";
import { startTimeline } from "./timeline.js";

startOverlay();
startTimeline();
startTables();
startKeys();
startReview();
startPlayer();
document.documentElement.dataset.ready = "yes";
