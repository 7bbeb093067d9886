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
    static final String TRANSCRIPT = "telephony.call.attachTranscription";
    static final String FIND = "crm.duplicate.findbycomm";
    static final String ITEMS = "crm.item.list";
    static final String ADD_ITEM = "crm.item.add";
    static final String UPDATE_ITEM = "crm.item.update";
    static final String ACTIVITIES = "crm.activity.list";
    static final String UPDATE_ACTIVITY = "crm.activity.update";
    static final String DELETE_ACTIVITY = "crm.activity.delete";
    static final String BIND_ACTIVITY = "crm.activity.binding.add";
    static final String MODE = "crm.settings.mode.get";
    static final String NOTIFY = "im.notify.personal.add";
    static final String USERS = "user.get";

    /**
     * A field of what an earlier command of the same parcel gave; the portal puts it in.
     *
     * @param index of that command in the parcel, from 0
     * @param field its name; those inside of others as the vendor writes them, {@code item][id}
     */
    record ResultOf(int index, String field) {}
}
