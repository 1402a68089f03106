/** The methods and channels of the protocol: the one place that maps domain to wire and back. */
@NullMarked
package io.dolim.api.method;

import org.jspecify.annotations.NullMarked;
