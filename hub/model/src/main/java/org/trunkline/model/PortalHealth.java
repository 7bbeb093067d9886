package org.trunkline.model;

/**
 * State of one portal.
 *
 * @param state {@code ok}, {@code retrying} or {@code unauthorized}
 * @param reason empty when all is well
 * @param cure what to do about it; empty where waiting is all
 */
public record PortalHealth(String company, String id, String state, String reason, String cure) {}
