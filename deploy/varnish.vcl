vcl 4.1;

# Varnish before the newsroom: every public page once for all readers, forgotten by key the moment it changes.
#
# Needs Varnish 6.2 or newer with the xkey module (Debian: varnish and varnish-modules), and NEWSROOM_CDN=varnish with
# NEWSROOM_CDN_ADDRESSES=http://127.0.0.1:6081, where Varnish listens. HTTPS ends before Varnish (hitch, or nginx with
# proxy_pass), which must overwrite X-Forwarded-For. Behind it stands nginx's port 8081 (deploy/nginx.conf), which gives
# static files and pictures from the disk, and asks Django for pages, whose answers name the keys.

import std;
import xkey;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8081";
    .connect_timeout = 2s;
    .first_byte_timeout = 60s;
}

# Who may purge: the machines that run the newsroom.
acl newsroom_purges {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # Varnish writes down itself who asked: one that came through the server before it has two addresses here.
        if (client.ip !~ newsroom_purges || req.http.X-Forwarded-For ~ ",") {
            return (synth(403, "Not for you"));
        }
        if (req.http.xkey-purge) {
            set req.http.X-Forgotten = xkey.purge(req.http.xkey-purge);
        } else if (req.http.xkey-softpurge) {
            set req.http.X-Forgotten = xkey.softpurge(req.http.xkey-softpurge);
        } else {
            return (synth(400, "By which key?"));
        }
        return (synth(200, "Forgotten: " + req.http.X-Forgotten));
    }
    unset req.http.xkey-purge;
    unset req.http.xkey-softpurge;

    if (req.method != "GET" && req.method != "HEAD" && req.method != "POST" && req.method != "OPTIONS") {
        return (synth(405, "Not here"));
    }
    # The desk, and whatever somebody sends, goes past.
    if (req.url ~ "^/admin(/|$|\?)" || (req.method != "GET" && req.method != "HEAD")) {
        return (pass);
    }

    # A public page depends on its address alone: whatever else comes along would only make it another page.
    unset req.http.Cookie;
    unset req.http.Authorization;
    if (req.url !~ "^/([a-z]+/)?search/" && req.url !~ "^/api/") {
        set req.url = regsub(req.url, "\?.*$", "");
    }

    # What was purged softly is old: it is shown only if nothing newer can be had (vcl_synth).
    if (req.restarts == 0) {
        set req.grace = 0s;
    }
    return (hash);
}

sub vcl_hash {
    # One outlet, one site: the name that it was asked by makes no other page, and cannot be used to fill the memory.
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_response {
    # How long this cache keeps a page is said in Surrogate-Control; Cache-Control is for browsers.
    if (beresp.http.Surrogate-Control ~ "(no-store|private)") {
        # For two minutes it is known that this is not kept: readers need not wait for each other's answer.
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
    } else if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(
            regsub(beresp.http.Surrogate-Control, "^.*max-age=([0-9]+).*$", "\1") + "s", 0s);
    } else if (!beresp.http.Cache-Control) {
        # Nobody said, so nobody knows which keys would make it old.
        set beresp.ttl = 0s;
    }
    set beresp.grace = 24h;
    if (beresp.http.Surrogate-Control ~ "stale-if-error=[0-9]+") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Surrogate-Control, "^.*stale-if-error=([0-9]+).*$", "\1") + "s", 24h);
    }
    # An error is nobody's page: what was kept before stays (vcl_synth asks for it).
    if (beresp.status >= 500 && !bereq.uncacheable) {
        return (abandon);
    }
    if (beresp.http.Content-Type ~ "^(text/|application/(rss|atom|xml|json)|image/svg)") {
        set beresp.do_gzip = true;
    }
}

# There was nothing to keep: what the newsroom says to this one reader, be it that it failed.
sub vcl_miss {
    if (req.restarts > 0) {
        return (pass);
    }
}

sub vcl_deliver {
    unset resp.http.Surrogate-Control;
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
    unset resp.http.Cache-Tag;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}

sub vcl_synth {
    # The newsroom cannot answer: the page of before, if there is one. What was purged for good is not there any more.
    if (resp.status == 503 && req.restarts == 0) {
        set req.grace = 24h;
        return (restart);
    }
    set resp.http.Cache-Control = "no-store";
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.body = resp.reason;
    return (deliver);
}

sub vcl_backend_error {
    if (!bereq.uncacheable) {
        return (abandon);
    }
    set beresp.status = 503;
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "30";
    set beresp.body = {"<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back in a moment · نعود بعد قليل</title>
<h1>Back in a moment</h1><p>This page cannot be shown just now; try again in a minute.</p>
<div lang="ar" dir="rtl"><h2>نعود بعد قليل</h2><p>يتعذّر عرض هذه الصفحة الآن؛ حاولوا مجدداً بعد دقيقة.</p></div>
</html>
"};
    return (deliver);
}
