/** The command line and the wiring of the parts: what parses and prints. */
@NullMarked
package io.dolim.deploy;

import org.jspecify.annotations.NullMarked;
