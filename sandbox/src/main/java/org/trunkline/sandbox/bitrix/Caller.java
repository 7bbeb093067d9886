package org.trunkline.sandbox.bitrix;

/**
 * Who calls a method.
 *
 * @param user the portal user in whose name the call runs
 * @param webhook whether it came by an inbound webhook instead of an application
 * @param token the access token of this very request, "" for a webhook
 */
record Caller(String user, boolean webhook, String app, String token) {}
