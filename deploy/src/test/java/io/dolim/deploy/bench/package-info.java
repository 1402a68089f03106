/** The logic of the measurements; what they measure is for {@code deploy/dolim bench}. */
@org.jspecify.annotations.NullMarked
package io.dolim.deploy.bench;
