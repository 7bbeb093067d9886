package org.trunkline.store.internal;

/**
 * A service that is there once the tables are up to date, so that nobody ever sees an old schema.
 *
 * @param version of the last migration
 * @param shared whether other hubs may use the same database: any but an H2 file
 */
public record Tables(String version, boolean shared) {}
