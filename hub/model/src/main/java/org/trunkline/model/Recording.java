package org.trunkline.model;

import java.util.Optional;

/**
 * A recording of a call.
 *
 * @param id unique within the call
 * @param source path or address at the PBX
 * @param legKey the leg it belongs to where the PBX says so
 */
public record Recording(String id, String source, Optional<String> legKey) {}
