/**
 * The pool's capacity to carry risk: who may add to it, and what it costs. Knows of a trade its
 * vectors and amounts only; keeps no position.
 */
@NullMarked
package io.dolim.capacity;

import org.jspecify.annotations.NullMarked;
