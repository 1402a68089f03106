/** How events are stored: short versioned manifests, canonical CBOR, balanced postings. */
@NullMarked
package io.dolim.capacity.journal;

import org.jspecify.annotations.NullMarked;
