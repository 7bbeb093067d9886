package org.trunkline.crm.bitrix24.internal;

import java.util.Map;

/**
 * One method call.
 *
 * @param method in the letter case of the vendor's documents
 * @param params texts, numbers, lists, maps and {@link ResultOf}
 */
record Command(String method, Map<String, Object> params) {

    static final String REGISTER = "telephony.externalCall.register";
    static final String FINISH = "telephony.externalCall.finish";
    static final String SHOW = "telephony.externalCall.show";
    static final String HIDE = "telephony.externalCall.hide";
    static final String ATTACH = "telephony.externalCall.attachRecord";
    static final String STATISTICS = "voximplant.statistic.get";
    static final String USERS = "user.get";

    /**
     * A field of what an earlier command of the same parcel gave; the portal puts it in.
     *
     * @param index of that command in the parcel, from 0
     */
    record ResultOf(int index, String field) {}
}
