//! The fields of a task: who, how urgent, which part of life, what comes first.

use extract::{Area, Priority};

use super::found;

/// The assignees of the tasks of a text.
fn who(text: &str) -> Vec<Option<String>> {
    found(text).into_iter().map(|task| task.assignee).collect()
}

#[test]
fn names_of_any_culture_are_found_where_they_stand() {
    for (text, name) in [
        ("Tasks\n- order crates (Ngozi)", "Ngozi"),
        ("Tasks\n- order crates -> Mikołaj", "Mikołaj"),
        ("Tasks\n- Xiomara: order crates", "Xiomara"),
        (
            "Content audit ....... Fenna ....... 5 Feb\nNew sitemap ....... Fenna ....... 9 Feb",
            "Fenna",
        ),
    ] {
        assert_eq!(who(text).first(), Some(&Some(name.to_owned())), "{text}");
    }
}

#[test]
fn greetings_and_signatures_say_who_is_meant() {
    let text = "morning Inez!\n\nCould you text me the new address? I'll sort the cake.\n\nxx Bron";
    assert_eq!(
        who(text),
        [Some("Inez".to_owned()), Some("Bron".to_owned())]
    );
}

#[test]
fn a_name_behind_the_comma_is_spoken_to() {
    assert_eq!(
        who("Please return the projector by Thursday, Thabo."),
        [Some("Thabo".to_owned())]
    );
}

#[test]
fn a_group_is_nobody() {
    assert_eq!(
        who("Everybody, please label your boxes before Monday."),
        [None]
    );
}

#[test]
fn handles_that_are_others_do_not_do_it() {
    let tasks = found("Tasks\n- unblock the design review, get the figma link from @marcus");
    assert!(
        tasks.iter().all(|task| task.assignee.is_none()),
        "{tasks:?}"
    );
}

#[test]
fn a_marker_holds_for_the_task_it_follows() {
    let of = |text: &str| -> Vec<Priority> {
        found(text).into_iter().map(|task| task.priority).collect()
    };
    assert_eq!(
        of("Reply to the landlord asap, then book the movers."),
        [Priority::High, Priority::Medium]
    );
    assert_eq!(of("URGENT: call the plumber."), [Priority::High]);
    assert_eq!(
        of("Reorder the toner. There's no rush on the toner."),
        [Priority::Low]
    );
    assert_eq!(
        of("Ida, please sketch the poster. No rush on this, the printers are away."),
        [Priority::Low]
    );
    assert_eq!(
        of("Ida, please sketch the poster. No rush for the printers, they are away."),
        [Priority::Medium]
    );
}

#[test]
fn headings_mark_what_stands_below_them() {
    let tasks = found("# Urgent\n- send the P45 to payroll\n\n# Whenever\n- sort the loft");
    let priorities: Vec<Priority> = tasks.iter().map(|task| task.priority).collect();
    assert_eq!(priorities, [Priority::High, Priority::Low]);
}

#[test]
fn words_that_only_look_like_markers_are_none() {
    for text in [
        "Call the urgent care clinic.",
        "Draw the critical path.",
        "Buy low-fat milk.",
        "Call the high school.",
        "If it's urgent, ring the night line.",
    ] {
        let tasks = found(text);
        assert!(
            tasks.iter().all(|task| task.priority == Priority::Medium),
            "{text}: {tasks:?}"
        );
    }
}

#[test]
fn the_same_word_means_work_at_work_and_home_at_home() {
    let area = |text: &str| found(text).first().map(|task| task.area);
    assert_eq!(area("Pay the gas bill"), Some(Area::Finance));
    assert_eq!(
        area("Refactor the payment service"),
        Some(Area::Development)
    );
    assert_eq!(area("Book a smear test"), Some(Area::Health));
    assert_eq!(area("Buy new trainers for Sam"), Some(Area::Shopping));
    assert_eq!(area("Revise for the chemistry exam"), Some(Area::Study));
    assert_eq!(area("Book the flights to Lisbon"), Some(Area::Travel));
    assert_eq!(area("Bleed the radiators"), Some(Area::Household));
    assert_eq!(
        area(
            "Dear team,\n\nPlease clean the kitchen before the client meeting.\n\nKind regards\nMaureen\nOffice Manager"
        ),
        Some(Area::Work)
    );
}

#[test]
fn order_is_taken_from_adverbs_and_labels() {
    let links = |text: &str| -> Vec<Vec<usize>> {
        found(text)
            .into_iter()
            .map(|task| task.depends_on)
            .collect()
    };
    assert_eq!(
        links("Kofi, add the certificates to the pack. Beatrix will then submit it."),
        [vec![], vec![0]]
    );
    assert_eq!(
        links("Tasks\n1. Map the process\n2. Configure the depot, after 1"),
        [vec![], vec![0]]
    );
}

/// Assignee and deadline of the tasks of a text.
fn who_and_when(text: &str) -> Vec<String> {
    let due = |task: &extract::ExtractedTask| {
        task.due
            .as_ref()
            .map_or("-".to_owned(), ToString::to_string)
    };
    let name =
        |task: &extract::ExtractedTask| task.assignee.clone().unwrap_or_else(|| "-".to_owned());
    found(text)
        .iter()
        .map(|task| format!("{} {}", name(task), due(task)))
        .collect()
}

#[test]
fn answers_say_who_does_it_and_by_when() {
    for (text, expected) in [
        (
            "Ida: Rolf, could you check the lease?\nRolf: no time, sorry\nMila: I can check it tomorrow",
            "Mila 2026-03-12",
        ),
        (
            "Ida: Rolf, could you check the lease by Friday?\nRolf: Friday is tough, Monday?\nIda: Monday is fine",
            "Rolf 2026-03-16",
        ),
        (
            "Ida: I told Mum we'd send her the list by Sunday\nRolf: I'll do it tonight",
            "Rolf 2026-03-15",
        ),
        (
            "Ida: I'll send the links tonight\nRolf: not tonight please\nIda: ok tomorrow morning",
            "Ida 2026-03-12",
        ),
    ] {
        assert_eq!(who_and_when(text), [expected], "{text}");
    }
}

#[test]
fn nobody_alone_is_meant_by_a_pair_or_by_all() {
    for text in [
        "Hi Ida and Rolf, can you two sweep the hall?",
        "Ida: the card is in my drawer, everyone please sign it by Friday\nRolf: yeah he eats eggs",
    ] {
        assert_eq!(who(text).first(), Some(&None), "{text}");
    }
}

#[test]
fn whoever_is_answered_hands_over_or_comments_is_known() {
    for (text, name) in [
        (
            "On Mon, 9 Mar 2026 at 21:17, Rolf Berg wrote:\n> The test is missing.\n\nAdd it by Friday please.\n\nIda",
            "Rolf",
        ),
        (
            "Handover Ida → Rolf, I'm away from Monday\n1) Pump call with Hofer on 23 March, please take it",
            "Rolf",
        ),
        (
            "#12 printer down\nComment 2 (Mila): probably the cable. I'll bring a spare tomorrow.",
            "Mila",
        ),
        (
            "Rota (T = Tamar, Z = Zola)\n[ ] T clean the tank, Thursday\n[ ] Z feed the hens",
            "Tamar",
        ),
        (
            "Task | Owner | Who | When\nstitches out | Haddad | Rolf | Friday",
            "Rolf",
        ),
    ] {
        let named = who(text).contains(&Some(name.to_owned()));
        assert!(named, "{text}: {:?}", who(text));
    }
}

#[test]
fn who_is_named_behind_a_pronoun_is_somebody_else() {
    let tasks = found(
        "Lukas has spotted a leak in the barn. It is urgent. He will mend it today and Freya has to \
         check it before Sunday.",
    );
    let who: Vec<Option<&str>> = tasks.iter().map(|task| task.assignee.as_deref()).collect();
    assert_eq!(who, [Some("Lukas"), Some("Freya")]);
}

#[test]
fn a_name_behind_a_role_does_it_and_a_shop_does_not() {
    assert_eq!(
        who("Trainee (Osman) to file the papers by Friday."),
        [Some("Osman".to_owned())]
    );
    assert_eq!(
        who("The treasurer (new) will post the letter."),
        [Some("treasurer".to_owned())]
    );
    assert_eq!(
        who("Ben is late. He'll stop at Hofer's tomorrow."),
        [Some("Ben".to_owned())]
    );
}
