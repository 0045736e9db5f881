# Тексты для тех, кто входит в учётную запись.
account-nav = Ваша учётная запись
sign-in-link = Войти
my-donations-link = Мои пожертвования
sign-out-button = Выйти
giving-as = Вы делаете пожертвование как { $name }, { $email }.

message-foreign-form-heading = Эта форма пришла не с нашей страницы
message-foreign-form-text = Другой сайт попытался отправить форму от вашего имени. Ничего не произошло. Если это были вы, откройте страницу здесь и отправьте форму ещё раз.
message-stale-form-heading = Страница устарела
message-stale-form-text = С тех пор как она была открыта, вы вошли или вышли, поэтому ничего не отправлено. Откройте страницу заново и повторите.
message-no-certificate-heading = Сертификата нет
message-no-certificate-text = Он появляется, как только пожертвование оплачено, и перестаёт действовать, если вся сумма возвращена.
message-mail-on-its-way-heading = Проверьте почту
message-mail-on-its-way-text = Если учётная запись с таким адресом есть, мы уже отправляем ссылку для выбора нового пароля. Она действует один час.
message-account-deleted-heading = Учётная запись удалена
message-account-deleted-text = Ваши имя и адрес стёрты и из неё, и из её пожертвований. Спасибо за каждое дерево.

password-label = Пароль
new-password-label = Новый пароль
password-hint = Не меньше 10 символов. Несколько слов подряд легко запомнить и трудно угадать.
error-password-required = Введите пароль.
error-password-short = Не меньше { $min-count ->
    [one] { $min } символа
   *[other] { $min } символов
}.

page-sign-in-heading = Вход
page-sign-in-lead = Здесь ваши пожертвования и сертификаты.
page-sign-in-button = Войти
sign-in-wrong = Адрес или пароль неверен.
to-sign-in = Учётная запись есть: войти
to-sign-up = Ещё нет учётной записи? Создайте её
to-forgot-password = Забыли пароль?
page-sign-up-heading = Новая учётная запись
page-sign-up-lead = Ваши пожертвования и сертификаты будут в одном месте, а заполнять в следующий раз придётся меньше.
page-sign-up-button = Создать учётную запись
sign-up-taken = Учётная запись с таким адресом уже есть. Войдите или выберите новый пароль.
page-forgot-password-heading = Новый пароль
page-forgot-password-lead = Укажите свой адрес, и мы пришлём ссылку.
page-forgot-password-button = Прислать ссылку
page-reset-password-heading = Выберите новый пароль
page-reset-password-lead = На всех устройствах вы выйдете из учётной записи и войдёте уже с новым паролем.
page-reset-password-button = Сохранить пароль
page-confirm-email-heading = Подтвердите адрес
page-confirm-email-lead = Тогда к вашим пожертвованиям присоединится и то, что вы отправили с этим адресом без входа.
page-confirm-email-button = Подтвердить
to-another-link = Прислать другую ссылку
link-over-reset = Эта ссылка уже использована или устарела. Запросите другую.
link-over-confirm = Эта ссылка уже использована или устарела. Если адрес ещё не подтверждён, другую можно отправить со страницы учётной записи.
notice-password = Пароль изменён. Войдите с новым.
notice-confirmed = Адрес подтверждён.
notice-confirmed-sign-in = Адрес подтверждён. Войдите, чтобы увидеть свои пожертвования.
notice-everywhere = Вы вышли на всех устройствах.
notice-mail = Письмо отправляется. Если за несколько минут оно не придёт, загляните в папку «Спам».

mine-heading = Мои пожертвования
mine-none = Пожертвований пока нет.
mine-unconfirmed = Мы отправили вам письмо: подтвердите с его помощью адрес, и к этому списку присоединится то, что вы отправили с ним без входа.
mine-certificate = Сертификат (PDF)
mine-pages = Страницы списка
mine-newest = Новые
mine-older = Более ранние
mine-account = Настройки учётной записи

account-heading = Учётная запись
account-email-state = Подтверждение
account-confirmed = Адрес подтверждён
account-unconfirmed = Адрес ещё не подтверждён
account-why-confirm = Откройте ссылку из нашего письма. Когда адрес подтверждён, к вашим пожертвованиям присоединяется то, что вы отправили с ним без входа.
account-confirm-again = Отправить письмо ещё раз
everywhere-heading = Выйти на всех устройствах
everywhere-text = Если вы входили с чужого компьютера или потеряли телефон: выход произойдёт на каждом устройстве, и на этом тоже.
everywhere-button = Выйти везде
account-delete-heading = Удалить учётную запись
account-delete-text = Ваши имя и адрес будут стёрты из учётной записи, пожертвований и сертификатов. Сами пожертвования останутся в учёте без них. Отменить это нельзя.
account-delete-button = Удалить учётную запись
account-delete-wrong = Это не ваш пароль. Ничего не удалено.
