package org.trunkline.crm.amocrm.internal.widget;

import java.time.Instant;

/**
 * amoCRM's one-time token, which proves who looks at the portal's page
 * (amocrm.ru/developers/content/oauth/disposable-tokens).
 *
 * @param id {@code jti}
 * @param user id of the CRM user
 * @param until after this it holds no more
 */
record DisposableToken(String id, String user, Instant until) {}
