/**
 * Measurements with goals. The journals that ours is compared with are on the class path of {@code
 * dolim bench} alone, so nothing outside this package may name them.
 */
@NullMarked
package io.dolim.deploy.bench;

import org.jspecify.annotations.NullMarked;
