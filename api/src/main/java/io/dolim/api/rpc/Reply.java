package io.dolim.api.rpc;

/** What a method answers: exactly one of a result or a refusal. */
public sealed interface Reply permits Result, Refusal {}
