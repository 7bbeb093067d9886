package org.trunkline.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next cursor of the next part; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {}
