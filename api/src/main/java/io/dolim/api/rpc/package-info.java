/**
 * The hardened edge: JSON-RPC 2.0 in Deribit's dialect over HTTP and WebSocket. Knows no domain: methods, channels, keys
 * and readiness are handed in.
 */
@NullMarked
package io.dolim.api.rpc;

import org.jspecify.annotations.NullMarked;
