package org.trunkline.model;

import java.util.Optional;

/**
 * The durable log of the steps of one (integration, call): each is written before its request and
 * after its reply, each write a commit.
 */
public interface StepLog {

    /** A step as last written. */
    Optional<Step> step(String name);

    /**
     * Before the request. A step found {@code PENDING} or {@code AMBIGUOUS} at the start may have
     * reached the CRM.
     */
    void begin(String name);

    /** After the reply. */
    void done(String name, String crmId);

    /** The request went out, but its reply did not come. */
    void ambiguous(String name, String error);

    /** The CRM said no. */
    void failed(String name, String error);
}
