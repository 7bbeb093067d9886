package org.trunkline.rules;

import java.time.ZoneId;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.PbxAccount;
import org.trunkline.rules.internal.Values;

/** What a template becomes, before it is saved (rules O18, O19). */
public final class TemplatePreview {

    private TemplatePreview() {}

    /**
     * The text with a call's values, as a title or field would have it.
     *
     * @param text accepted by {@link org.trunkline.model.TemplateText#check} before
     */
    public static String of(
            String text, Call call, PbxAccount account, Client client, ZoneId zone) {
        return new Values(call, account, client, zone).render(text);
    }
}
