package org.trunkline.crm.bitrix24.internal;

import java.lang.annotation.Annotation;

/** The configuration without a cfg file, but for an authorisation server that must not be asked. */
final class DefaultConfig implements Bitrix24Config {

    @Override
    public int bucket_size() {
        return 50;
    }

    @Override
    public double bucket_leak() {
        return 2;
    }

    @Override
    public String oauth_address() {
        return "http://127.0.0.1:9";
    }

    @Override
    public String synchronise_every() {
        return "PT15M";
    }

    @Override
    public String book_catch_up() {
        return "PT1M";
    }

    @Override
    public String book_again() {
        return "PT1H";
    }

    @Override
    public String tls_authorities() {
        return "";
    }

    @Override
    public String events() {
        return "online";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return Bitrix24Config.class;
    }
}
