/**
 * Takers who try to game the price of inventory, against a real pool on one thread: each session is a
 * pure function of its seed. Evidence, not product: nothing of the engine uses it.
 */
@org.jspecify.annotations.NullMarked
package io.dolim.capacity.adversary;
