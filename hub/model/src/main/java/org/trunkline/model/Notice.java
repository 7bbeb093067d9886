package org.trunkline.model;

import java.util.List;

/**
 * What employees should be told of a call (rules I1, I5, O4).
 *
 * @param key unique within the call and never changing, so that each is told once
 * @param users CRM users; empty: every employee whom the CRM knows
 * @param text for people, without the link
 * @param link whether the open or new lead or deal, else the contact, is linked
 */
public record Notice(String key, List<String> users, String text, boolean link) {}
