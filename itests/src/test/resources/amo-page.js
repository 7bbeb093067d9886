/*
 * What amoCRM's pages give a widget, as far as the vendor's documents say and ours uses it: define,
 * APP, and the object that a widget becomes part of. $authorizedAjax gets a one-time token for each
 * request from the simulated portal, as amoCRM's own does from amoCRM.
 */
(function () {
  'use strict';

  var widget = null;
  var actions = {};

  // As jQuery's, of which it is a part there.
  function deferred() {
    var done = [];
    var failed = [];
    return {
      done: function (f) { done.push(f); return this; },
      fail: function (f) { failed.push(f); return this; },
      resolve: function (value) { done.forEach(function (f) { f(value); }); },
      reject: function (answer) { failed.forEach(function (f) { f(answer); }); }
    };
  }

  function send(request, token, result) {
    var xhr = new XMLHttpRequest();
    xhr.open(request.method || 'GET', request.url);
    xhr.timeout = request.timeout || 0;
    xhr.setRequestHeader('X-Auth-Token', token);
    if (request.contentType) {
      xhr.setRequestHeader('Content-Type', request.contentType);
    }
    xhr.onload = function () {
      if (xhr.status >= 200 && xhr.status < 300) {
        result.resolve(JSON.parse(xhr.responseText));
      } else {
        result.reject(xhr);
      }
    };
    xhr.onerror = xhr.ontimeout = function () { result.reject(xhr); };
    xhr.send(request.data);
  }

  window.APP = window.AMOCRM = {
    lang_id: 'en',
    constant: function (key) {
      return key === 'managers' ? window.page.managers : undefined;
    }
  };

  window.define = function (dependencies, factory) {
    window.page.Widget = factory.apply(null, dependencies.map(function (name) {
      throw new Error('the page has no module ' + name);
    }));
  };

  window.page = {
    managers: {},
    states: [],

    // options: lang, words, settings, path, user, audience, tokens
    start: function (options) {
      window.APP.lang_id = options.lang;
      widget = {
        params: { path: options.path, widget_code: 'trunkline' },
        system: function () { return { area: 'ccard', amouser_id: options.user }; },
        get_settings: function () { return options.settings; },
        get_version: function () { return '0.1.0'; },
        get_install_status: function () { return 'installed'; },
        i18n: function (part) { return options.words[part]; },
        add_action: function (type, action) { actions[type] = action; },
        $authorizedAjax: function (request) {
          var result = deferred();
          fetch(options.tokens, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ user_id: options.user, audience: options.audience })
          }).then(function (answer) {
            return answer.json();
          }).then(function (issued) {
            send(request, issued.token, result);
          });
          return result;
        }
      };
      actions = {};
      window.page.Widget.call(widget);
      return widget.callbacks.render() && widget.callbacks.init() && widget.callbacks.bind_actions();
    },

    // A click on a number in a card or a list.
    click: function (number) { actions.phone({ value: number }); },

    openSettings: function () {
      var body = document.getElementById('settings');
      body.textContent = '';
      widget.callbacks.settings([body]);
    },

    // The states that the call card showed, each once in a row.
    watch: function () {
      window.page.states = [];
      new MutationObserver(function () {
        var card = document.querySelector('.trunkline-card');
        var state = card && card.getAttribute('data-state');
        if (state && window.page.states.slice(-1)[0] !== state) {
          window.page.states.push(state);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    }
  };
})();
