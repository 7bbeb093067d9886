define([], function () {
  'use strict';

  // Milliseconds between two looks at a call.
  var WHILE_IT_BEGINS = 1000;
  var WHILE_THEY_TALK = 4000;

  // A look that fails is tried again so many times in a row.
  var MOST_FAILURES = 10;
  var UNANSWERED = 60000;

  // The card of a talk goes by itself after so many milliseconds; one that says why stays.
  var STAYS = 15000;

  // Milliseconds until the server is taken for absent.
  var PATIENCE = 15000;

  // What a status says of why the server did not do it; the keys of "errors" in i18n.
  var REASONS = {
    0: 'unreachable',
    400: 'number',
    401: 'refused',
    404: 'address',
    409: 'noPbx',
    503: 'busy'
  };

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text || '';
    return made;
  }

  function clock(seconds) {
    var rest = seconds % 60;
    return Math.floor(seconds / 60) + ':' + (rest < 10 ? '0' : '') + rest;
  }

  // What the card shows of one call, in the corner of whatever page the user goes to.
  function Card(number, words) {
    var root = element('div', 'trunkline-card');
    var head = element('div', 'trunkline-card__head', words.title);
    var close = element('button', 'trunkline-card__close', '×');
    var state = element('div', 'trunkline-card__state');
    var text = element('div', 'trunkline-card__text');
    var talkingSince = 0;
    var ticking = null;
    var card = this;

    this.number = number;
    this.open = true;
    this.over = false;

    this.close = function () {
      card.open = false;
      window.clearInterval(ticking);
      root.remove();
    };

    function show(name, label, why) {
      root.setAttribute('data-state', name);
      state.textContent = label;
      text.textContent = why || '';
    }

    function end(name, label, why) {
      card.over = true;
      window.clearInterval(ticking);
      show(name, label, why);
    }

    function tick() {
      var seconds = Math.max(0, Math.round((Date.now() - talkingSince) / 1000));
      state.textContent = words.talking + ' ' + clock(seconds);
    }

    function talk(seconds) {
      talkingSince = Date.now() - seconds * 1000;
      show('talking', '');
      tick();
      ticking = ticking || window.setInterval(tick, 1000);
    }

    this.fail = function (why) {
      end('failed', words.failed, why);
    };

    // The call goes on, but the server tells nothing of it any more.
    this.lose = function () {
      end('lost', words.lost);
    };

    // As the server tells of the call.
    this.tell = function (call) {
      if (call.state === 'talking') {
        talk(call.seconds);
      } else if (call.state !== 'over') {
        show(call.state, words[call.state]);
      } else if (call.text) {
        card.fail(call.text);
      } else if (call.seconds > 0) {
        end('over', words.over + ' ' + clock(call.seconds));
        window.setTimeout(card.close, STAYS);
      } else {
        end('over', words.gaveUp);
        window.setTimeout(card.close, STAYS);
      }
    };

    root.setAttribute('role', 'status');
    close.setAttribute('type', 'button');
    close.setAttribute('aria-label', words.close);
    close.addEventListener('click', this.close);
    head.appendChild(close);
    root.appendChild(head);
    root.appendChild(element('div', 'trunkline-card__number', number));
    root.appendChild(state);
    root.appendChild(text);
    show('dialling', words.dialling);
    document.body.appendChild(root);
  }

  // Who of the account's users is which employee.
  function Table(users, words) {
    function row(user, employee, state, well) {
      var line = document.createElement('tr');
      line.setAttribute('data-well', well ? 'yes' : 'no');
      [user, employee, state].forEach(function (text) {
        line.appendChild(element('td', '', text));
      });
      return line;
    }

    function name(employee) {
      return employee.name + (employee.extension ? ' (' + employee.extension + ')' : '');
    }

    function mapped(user, employee) {
      var state = employee.clickToCall ? (employee.phone ? 'on' : 'noPhone') : 'off';
      return row(user, name(employee), words[state], state === 'on');
    }

    function rows(employees) {
      var lines = users.map(function (user) {
        var his = employees.filter(function (employee) {
          return employee.user === user.id;
        });
        return his.length
          ? his.map(mapped.bind(null, user.name))
          : [row(user.name, '', words.notMapped, false)];
      });
      var known = users.map(function (user) {
        return user.id;
      });
      var gone = employees
        .filter(function (employee) {
          return employee.user && known.indexOf(employee.user) < 0;
        })
        .map(function (employee) {
          return row('', name(employee), words.gone + employee.user, false);
        });
      return Array.prototype.concat.apply(gone, lines);
    }

    // An element with all of it.
    this.of = function (employees) {
      var part = document.createDocumentFragment();
      var table = document.createElement('table');
      var head = document.createElement('tr');
      var free = employees.filter(function (employee) {
        return !employee.user;
      });
      [words.user, words.employee, words.state].forEach(function (title) {
        head.appendChild(element('th', '', title));
      });
      table.appendChild(head);
      rows(employees).forEach(function (line) {
        table.appendChild(line);
      });
      part.appendChild(table);
      if (free.length) {
        part.appendChild(
          element('div', 'trunkline-table__hint', words.free + ': ' + free.map(name).join(', '))
        );
      }
      part.appendChild(element('div', 'trunkline-table__hint', words.cure));
      return part;
    };
  }

  return function () {
    var self = this;
    var card = null;
    var unanswered = null;

    function page() {
      return window.APP || window.AMOCRM;
    }

    function language() {
      return page().lang_id === 'ru' ? 'ru' : 'en';
    }

    function address() {
      return String(self.get_settings().hub || '')
        .trim()
        .replace(/\/+$/, '');
    }

    // The answer, or the key of an error.
    function ask(method, path, data) {
      return new Promise(function (resolve, reject) {
        var request = {
          url: address() + path,
          method: method,
          dataType: 'json',
          timeout: PATIENCE
        };
        if (!address()) {
          reject('noAddress');
          return;
        }
        if (data) {
          request.data = JSON.stringify(data);
          request.contentType = 'application/json';
        }
        self
          .$authorizedAjax(request)
          .done(resolve)
          .fail(function (answer) {
            reject(REASONS[(answer && answer.status) || 0] || 'failed');
          });
      });
    }

    // Looks at the call until it is over, or its card is closed.
    function follow(shown, id) {
      var failures = 0;

      function again(after) {
        window.setTimeout(look, after);
      }

      function look() {
        if (!shown.open || shown.over) {
          return;
        }
        ask('GET', '/calls/' + encodeURIComponent(id) + '?lang=' + language()).then(
          function (call) {
            failures = 0;
            if (shown.open) {
              shown.tell(call);
              again(call.state === 'talking' ? WHILE_THEY_TALK : WHILE_IT_BEGINS);
            }
          },
          function () {
            failures += 1;
            if (failures < MOST_FAILURES) {
              again(WHILE_THEY_TALK);
            } else {
              shown.lose();
            }
          }
        );
      }

      look();
    }

    // The same click until an answer came: pressed again for want of one, it is no second call.
    function nameOf(number) {
      if (!unanswered || unanswered.number !== number || Date.now() > unanswered.until) {
        unanswered = {
          number: number,
          name: Date.now().toString(36) + '-' + Math.random().toString(36).slice(2, 12),
          until: Date.now() + UNANSWERED
        };
      }
      return unanswered.name;
    }

    function call(number) {
      var shown;
      // The second half of a double click.
      if (card && card.open && !card.over && card.number === number) {
        return;
      }
      if (card) {
        card.close();
      }
      shown = new Card(number, self.i18n('card'));
      card = shown;
      ask('POST', '/click', { number: number, click: nameOf(number) }).then(
        function (begun) {
          unanswered = null;
          follow(shown, begun.call);
        },
        function (error) {
          shown.fail(self.i18n('errors')[error]);
        }
      );
    }

    function users() {
      var managers = page().constant('managers') || {};
      return Object.keys(managers)
        .map(function (id) {
          return { id: String(id), name: managers[id].title || id, active: managers[id].active };
        })
        .filter(function (user) {
          return user.active !== false;
        })
        .sort(function (one, other) {
          return one.name.localeCompare(other.name);
        });
    }

    function showEmployees(body) {
      var words = self.i18n('table');
      var root = element('div', 'trunkline-table');
      var content = element('div', '', address() ? words.loading : words.save);
      root.appendChild(element('div', 'trunkline-table__title', words.title));
      root.appendChild(content);
      body.appendChild(root);
      if (!address()) {
        return;
      }
      ask('GET', '/employees').then(
        function (answer) {
          content.textContent = '';
          content.appendChild(new Table(users(), words).of(answer.items));
        },
        function (error) {
          content.textContent = self.i18n('errors')[error];
        }
      );
    }

    function addStyle() {
      var link;
      if (!document.getElementById('trunkline-style')) {
        link = document.createElement('link');
        link.id = 'trunkline-style';
        link.rel = 'stylesheet';
        link.href = self.params.path + '/style.css?v=' + self.get_version();
        document.head.appendChild(link);
      }
    }

    this.callbacks = {
      render: function () {
        addStyle();
        return true;
      },
      init: function () {
        self.add_action('phone', function (data) {
          call(String(data.value));
        });
        return true;
      },
      bind_actions: function () {
        return true;
      },
      settings: function ($body) {
        addStyle();
        showEmployees($body[0]);
      },
      onSave: function () {
        return true;
      },
      // Also called when the user goes from page to page: the card of a call stays.
      destroy: function () {}
    };

    return this;
  };
});
