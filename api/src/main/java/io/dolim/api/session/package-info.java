/** Who is calling: keys, scopes, signatures, tokens and nonces. Opens no socket and reads no clock of its own. */
@NullMarked
package io.dolim.api.session;

import org.jspecify.annotations.NullMarked;
