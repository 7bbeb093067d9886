package org.trunkline.model;

import java.util.List;
import java.util.Optional;

/**
 * What only an account of kind {@code asterisk} has.
 *
 * @param trunkContexts dialplan contexts in which calls from the provider arrive
 * @param internalContexts contexts in which employees dial
 * @param originateContext context that a click-to-call dials the client in
 * @param recordings folder of the recordings as the hub sees it; nothing outside is ever read
 * @param certificate PEM file of a private certificate authority for AMI over TLS
 */
public record Asterisk(
        List<String> trunkContexts,
        List<String> internalContexts,
        String originateContext,
        Optional<String> recordings,
        Optional<String> certificate) {}
