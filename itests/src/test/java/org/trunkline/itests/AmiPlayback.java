package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An Asterisk whose recorded calls the sandbox tells again over AMI. */
record AmiPlayback(Http sandbox, String id, double speed) implements NativePbx {

    static AmiPlayback started(Sandbox sandbox, String id, double speed) {
        AmiPlayback pbx = new AmiPlayback(sandbox.http(), id, speed);
        pbx.post("/_start", "{\"port\":0,\"username\":\"crm\",\"secret\":\"replayed-" + id + "\"}");
        return pbx;
    }

    /** The secret of its questions whom a call should ring. */
    static String askedWith(String id) {
        return "asked" + id.replace("-", "");
    }

    @Override
    public void describe(ObjectNode account) {
        JsonNode pbx = sandbox.json("/sandbox/ami/" + id);
        account.put("kind", "asterisk").put("host", pbx.path("host").asText());
        account.put("port", pbx.path("port").asInt()).put("tls", false);
        account.put("username", "crm").put("secret", "replayed-" + id);
        account.put("webhookSecret", askedWith(id));
        ObjectNode asterisk = account.putObject("asterisk");
        asterisk.putArray("trunkContexts").add("from-trunk");
        asterisk.putArray("internalContexts").add("internal");
    }

    @Override
    public void play(String call, String client) {
        post(
                "/_play",
                "{\"capture\":\"%s\",\"speed\":%s,\"client\":\"%s\"}"
                        .formatted(call, speed, client));
    }

    private void post(String what, String json) {
        PresetCompany.accepted(sandbox.post("/sandbox/ami/" + id + what, json));
    }
}
