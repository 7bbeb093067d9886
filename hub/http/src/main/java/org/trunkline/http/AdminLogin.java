package org.trunkline.http;

/** The administrator's password for other ways in than HTTP; an OSGi service. */
public interface AdminLogin {

    /**
     * Whether this is the administrator. Too many wrong passwords from one place close it for a
     * while, for the right one too.
     *
     * @param from where the attempt comes from: an address, or a name for the way in
     */
    boolean granted(String from, String user, String password);
}
