package org.trunkline.sandbox.bitrix;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every method the portal has, found in any letter case. */
final class MethodTable {
    private static final Duration USUAL = Duration.ofMillis(50);
    private static final Duration DEAR = Duration.ofMillis(200);

    /**
     * @param appOnly refused to webhooks
     * @param locked whether it runs under the portal's lock; one that waits for others does not
     */
    record Entry(String name, Duration cost, boolean appOnly, boolean locked, RestMethod body) {}

    private final Map<String, Entry> entries = new TreeMap<>();

    MethodTable() {
        TelephonyRegister.add(this);
        TelephonyFinish.add(this);
        TelephonyCards.add(this);
        TelephonyRecords.add(this);
        TelephonyLines.add(this);
        CallStatistics.add(this);
        CrmItems.add(this);
        CrmClassic.add(this);
        CrmActivities.add(this);
        CrmDirectory.add(this);
        CrmFields.add(this);
        UserMethods.add(this);
        OpenLineMethods.add(this);
        CrmChats.add(this);
        DiskMethods.add(this);
        PlacementMethods.add(this);
        AppMethods.add(this);
        EventMethods.add(this);
        OfflineEvents.add(this);
    }

    Optional<Entry> find(String method) {
        return Optional.ofNullable(entries.get(key(method)));
    }

    Collection<Entry> all() {
        return entries.values();
    }

    void add(String name, RestMethod body) {
        put(new Entry(name, USUAL, false, true, body));
    }

    /** Usable by an application only, not by a webhook. */
    void addForApps(String name, RestMethod body) {
        put(new Entry(name, USUAL, true, true, body));
    }

    /** The two methods of a call that take long. */
    void addDearForApps(String name, RestMethod body) {
        put(new Entry(name, DEAR, true, true, body));
    }

    /** A method that locks the portal itself, around what must not wait. */
    void addUnlocked(String name, RestMethod body) {
        put(new Entry(name, USUAL, false, false, body));
    }

    private void put(Entry entry) {
        if (entries.put(key(entry.name()), entry) != null) {
            throw new IllegalStateException("Two methods are called " + entry.name());
        }
    }

    /** Lower case, without the form of reply that may follow the name. */
    static String key(String method) {
        return method.toLowerCase(Locale.ROOT).replaceFirst("\\.(json|xml)$", "");
    }
}
