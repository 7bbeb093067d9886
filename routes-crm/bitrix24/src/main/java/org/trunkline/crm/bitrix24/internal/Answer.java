package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of one command that was sent. */
sealed interface Answer {

    /** It was done. */
    record Result(JsonNode value) implements Answer {}

    /** The portal said no. */
    record Refused(Refusal refusal) implements Answer {}

    /** It went out, but whether it was done is not known. */
    record Lost(String why) implements Answer {}
}
