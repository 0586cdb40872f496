leptos_i18n::load_locales!();
