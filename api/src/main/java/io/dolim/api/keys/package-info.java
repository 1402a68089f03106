/** API keys as their operator keeps them: written down in the journal, their secrets sealed, in force in memory. */
@NullMarked
package io.dolim.api.keys;

import org.jspecify.annotations.NullMarked;
