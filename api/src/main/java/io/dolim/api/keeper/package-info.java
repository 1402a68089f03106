/** How keepers reach the board: in the engine's own process, or over its protocol. */
@NullMarked
package io.dolim.api.keeper;

import org.jspecify.annotations.NullMarked;
