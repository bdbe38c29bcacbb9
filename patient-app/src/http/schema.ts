// Written by `npm run api` from openapi.json.
export interface paths {
    "/api/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My account
         * @description The signed-in account.
         */
        get: operations["read_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change my profile
         * @description Changes language or name; what is not given stays.
         */
        patch: operations["change_profile"];
        trace?: never;
    };
    "/api/account/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I agreed to
         * @description Each consent with its text of today. Those for a child are given where the child is added.
         */
        get: operations["list_my_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree
         * @description Refusals: `notice_outdated` (`facts.version` is the one to read).
         */
        post: operations["give_my_consent"];
        /**
         * Withdraw a consent
         * @description From now on; a second time changes nothing. Refusals: `consent_ends_with_account`.
         */
        delete: operations["withdraw_my_consent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change my e-mail address or phone
         * @description Sets the address that the code proves. Refusals: `wrong_code`, `address_taken`, `bad_address`, `bad_phone`.
         */
        put: operations["change_my_contact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/contact/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a code to a new address
         * @description Refusals: `bad_address`, `bad_phone`, `code_sent_recently`, `too_many_wrong_codes`.
         */
        post: operations["request_contact_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/contact/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take off my e-mail address or phone
         * @description Refusals: `last_way_in`.
         */
        delete: operations["remove_my_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Corrections I asked for
         * @description The newest first.
         */
        get: operations["list_my_corrections"];
        put?: never;
        /**
         * Ask for a correction
         * @description Refusals: `too_many_corrections`.
         */
        post: operations["request_my_correction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/data-copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Copies of my data
         * @description The newest first.
         */
        get: operations["list_my_data_copies"];
        put?: never;
        /**
         * Ask for a copy of my data
         * @description The worker builds it; it can be taken once, within seven days. Refusals: `data_copy_running`.
         */
        post: operations["request_my_data_copy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/data-copies/{copy_id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to download it
         * @description Works once, for ten minutes. Refusals: `unknown_data_copy`.
         */
        post: operations["open_my_data_copy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What deleting my account means
         * @description What is in the way, what goes and what the law keeps.
         */
        get: operations["read_deletion"];
        put?: never;
        /**
         * Delete my account
         * @description At once. Refusals: `account_in_use` (pay, or cancel), `wrong_code`, `account_has_no_address`.
         */
        post: operations["delete_my_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/deletion/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send me the code to delete my account
         * @description Goes to the account's own address. Refusals: `code_sent_recently`, `account_has_no_address`,
         *     `too_many_texts`.
         */
        post: operations["request_deletion_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where I am signed in
         * @description The devices that are signed in, this one first.
         */
        get: operations["list_my_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out a device
         * @description Ends the session of one device. Refusals: `unknown_device`.
         */
        delete: operations["sign_out_device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I am told, and how
         * @description Every topic over every channel. Codes and warnings about the account always come.
         */
        get: operations["list_my_choices"];
        /**
         * Choose what I am told
         * @description Keeps what was chosen; the rest stays.
         */
        put: operations["choose_notifications"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set or change my password
         * @description Other devices are signed out. Refusals: `wrong_current_password`, `password_locked`, `weak_password`.
         */
        put: operations["change_my_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Connect WeChat
         * @description Refusals: `wechat_code_invalid`, `wechat_busy`, `wechat_unavailable`, `wechat_taken`, `wechat_linked`.
         */
        put: operations["connect_wechat"];
        post?: never;
        /**
         * Disconnect WeChat
         * @description Refusals: `last_way_in`.
         */
        delete: operations["disconnect_wechat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My bookings
         * @description Bookings of the people on my list, newest first.
         */
        get: operations["list_my_appointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold a place
         * @description Holds a place for 15 minutes. Refusals: `not_signed_in`, `unknown_person`, `unknown_slot`, `slot_full`, `slot_past`, `session_stopped`, `not_released`, `kept_for_others`, `already_booked`, `too_many_unpaid`.
         */
        post: operations["hold_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One appointment
         * @description With its fee and terms as of now. Refusals: `unknown_appointment`, `unknown_person`.
         */
        get: operations["read_my_appointment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/assistance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Help with a booking
         * @description Languages with their fees, and what was asked for. Refusals: `unknown_appointment`, `unknown_person`.
         */
        get: operations["read_help"];
        put?: never;
        /**
         * Ask for help
         * @description Asks for help with a booking; the same key again returns the same request.
         *
         *     Refusals: `unknown_appointment`, `unknown_person`, `assistance_incomplete`, `assistance_in_past`, `already_asked`,
         *     `too_many_assistance`.
         */
        post: operations["ask_for_help"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/book": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book what I hold
         * @description Books the held place and charges the registration fee; booking again returns the booking.
         *
         *     Refusals: `unknown_appointment`, `hold_expired`, `not_booked`, `no_follow_up`.
         */
        post: operations["book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For my calendar
         * @description The appointment as an .ics file, in the reader's language first. Refusals: `unknown_appointment`.
         */
        get: operations["read_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a place back
         * @description Gives the place back; in the free time a paid fee is sent back the way it was paid.
         *
         *     Refusals: `unknown_appointment`, `not_cancellable`, `cancel_too_late`, `booking_terms_changed`.
         */
        post: operations["cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change my appointment
         * @description Moves the booking: the new place is taken before the old one is given back, or nothing happens.
         *
         *     Refusals: `unknown_appointment`, `unknown_person`, `unknown_slot`, `slot_full`, `slot_past`, `session_stopped`,
         *     `already_booked`, `same_place`, `not_changeable`, `change_too_late`, `booking_terms_changed`.
         */
        post: operations["change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/change-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a change would mean
         * @description What moving to another place means for the fee; changes nothing.
         *
         *     Refusals: `unknown_appointment`, `unknown_person`, `unknown_slot`.
         */
        post: operations["read_change_terms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/journey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My visit, step by step
         * @description Every step of the visit with its state: to do, now, done, skipped. Refusals: `unknown_appointment`.
         */
        get: operations["read_journey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take my number
         * @description On the day of the visit: the booking becomes a visit with a queue number; taking it again returns it.
         *
         *     Refusals: `unknown_appointment`, `number_not_today`, `not_booked`.
         */
        post: operations["take_my_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold for somebody else
         * @description Keeps what I hold for another of my people; the place is never free in between.
         *
         *     Refusals: `unknown_appointment`, `unknown_person`, `not_held`, `already_booked`.
         */
        post: operations["hold_for_another"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My rating of a visit
         * @description What was said of the visit, if anything. Refusals: `unknown_appointment`.
         */
        get: operations["read_rating"];
        put?: never;
        /**
         * Rate a visit
         * @description Rates a visit within two weeks of its end; within a day the rating can be changed. It is no part of the record.
         *
         *     Refusals: `unknown_appointment`, `rating_not_yet`, `rating_incomplete`, `rating_closed`.
         */
        post: operations["give_rating"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/rebooking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Book again before others
         * @description Own doctor first, then the specialty. Refusals: `unknown_appointment`, `unknown_person`, `priority_ended`.
         */
        get: operations["read_rebooking"];
        put?: never;
        /**
         * Take a place instead
         * @description Books the place and charges its fee, which is paid like that of any appointment.
         *
         *     Refusals: `unknown_appointment`, `unknown_person`, `priority_ended`, `slot_full`, `already_booked`.
         */
        post: operations["rebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/appointments/{appointment_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a hold back
         * @description Gives back what is only held. Refusals: `unknown_appointment`, `unknown_person`, `not_held`.
         */
        post: operations["release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Announcements, guides, help topics
         * @description What is shown now, 20 a page: pinned first, then by place, the newest first. `campus` adds what is said of the
         *     whole hospital, `audience` what is for everyone; each word of `q` is found in one of the languages.
         */
        get: operations["read_articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/articles/{kind}/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One announcement, guide or help topic
         * @description Refusals: `unknown_article`, also for one that is not shown yet or any more.
         */
        get: operations["read_article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assistance/{request_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * I need it no more
         * @description Cancels a request that is open. Refusals: `unknown_assistance`, `illegal_transition`.
         */
        post: operations["cancel_help"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What my people have to pay
         * @description One entry a person with something to pay; lines that are being paid right now stand in an entry of their own.
         */
        get: operations["list_unpaid_bills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Paid bills of my people
         * @description Paid bills of all my people, newest first; the `paid_at` of the last one as `before` gives the next ones.
         */
        get: operations["list_receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay a quote
         * @description Opens the acquirer's checkout, or announces the order to WeChat.
         *
         *     Refusals: `quote_unknown`, `quote_expired`, `quote_mismatch`, `already_paid`, `payment_in_progress`,
         *     `idempotency_key_reused`, `price_notice_needed`, `card_payment_unavailable`,
         *     `wechat_payment_unavailable`, `wechat_not_linked`.
         */
        post: operations["pay_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Quote lines
         * @description A quote for 15 minutes. Refusals: `charge_unknown`, `already_paid`, `payment_in_progress`, `nothing_to_pay`.
         */
        post: operations["quote_lines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/{settlement_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One paid bill
         * @description A paid bill line by line, with its refunds. Refusals: `settlement_unknown`, `unknown_person`.
         */
        get: operations["read_paid_bill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bills/{settlement_id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fee statement as PDF
         * @description The itemized statement with number, QR code and check code. Refusals: `settlement_unknown`, `unknown_person`.
         */
        get: operations["print_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/booking/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Free days
         * @description The coming two weeks with the places that are free (at most 100 are counted). `sessions` 0: nobody holds a clinic. `opens_at`: when the next places of a day without any are released.
         */
        get: operations["read_free_days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/booking/doctors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find a doctor to book
         * @description Doctors by name or by what they treat, in Chinese, English, pinyin or initials, with their next free place.
         *
         *     Places are looked for from `day` (default today) on, for two weeks from today. Without `sort` the closest match
         *     comes first where words were typed, otherwise the soonest. `price` goes by what the next place costs an adult,
         *     `distance` by `near`: campus codes with commas, the nearest first, which the telephone found out by itself; of one
         *     campus alone the others follow by how far they are from it.
         */
        get: operations["find_doctors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/booking/doctors/{doctor_id}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places of a doctor's day */
        get: operations["read_doctor_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/booking/doctors/{doctor_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A doctor's day
         * @description The sessions of a doctor on a day, where they are held and what a place costs; with `clinic` those of the clinics
         *     without a doctor's name of the department of this id.
         */
        get: operations["read_doctor_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/booking/symptoms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people come with
         * @description What patients complain of, the commonest first; alarms are left out.
         */
        get: operations["read_symptoms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campuses
         * @description All campuses.
         */
        get: operations["read_campuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campuses/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One campus
         * @description Address, place on the map, hours, emergency entrance, floors. Refusals: `unknown_campus`.
         */
        get: operations["read_campus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Visits to check in for
         * @description The visits of today of the people on my list, the earliest first.
         */
        get: operations["read_arrivals"];
        put?: never;
        /**
         * Check in with the code of the clinic
         * @description Tells the clinic that the patient has arrived.
         *
         *     Refusals: `unknown_check_in_code`, `nothing_to_check_in`, `check_in_elsewhere`, `unknown_appointment`,
         *     `check_in_too_early`, `number_not_taken`.
         */
        post: operations["check_in_with_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/check-in/here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check in by being there
         * @description As above, where the telephone is within the distance that the campus allows.
         *
         *     Refusals: `unknown_appointment`, `check_in_by_code_only`, `check_in_too_far`, `check_in_place_unsure`,
         *     `check_in_too_early`, `number_not_taken`.
         */
        post: operations["check_in_here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Departments
         * @description Departments, optionally of one campus or matching a name or a symptom in either language or pinyin.
         */
        get: operations["read_departments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments/{department_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One department
         * @description Refusals: `unknown_department`.
         */
        get: operations["read_department"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/doctors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Doctors
         * @description Doctors by campus, department, specialty (for example `CARD`), language spoken or words.
         */
        get: operations["read_doctors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/doctors/{doctor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One doctor
         * @description Refusals: `unknown_clinician`.
         */
        get: operations["read_doctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/doctors/{doctor_id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A doctor's page
         * @description Portrait, languages spoken, expertise, education. Refusals: `unknown_clinician`.
         */
        get: operations["read_doctor_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a document number
         * @description Format and check digit, and what differs from the rest of the form. Refusals: `incomplete_person` (type).
         */
        post: operations["check_typed_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/code-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a code line
         * @description The machine-readable zone of a passport (TD3) or card (TD1, TD2), with its check digits.
         */
        post: operations["read_code_line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Countries and territories
         * @description Those of ISO 3166-1 with their names in both languages, by English name.
         */
        get: operations["list_document_countries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I wrote
         * @description The enquiries of the account, the last touched first.
         */
        get: operations["list_enquiries"];
        put?: never;
        /**
         * Write to the service desk
         * @description Opens an enquiry; the same key again returns it. Refusals: `enquiry_empty`, `too_many_enquiries`.
         */
        post: operations["write"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{enquiry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description An enquiry with its answers. Refusals: `unknown_enquiry`.
         */
        get: operations["read_enquiry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{enquiry_id}/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a picture
         * @description Keeps a picture (JPEG or PNG, 8 MB) with it; four at most.
         *
         *     Refusals: `unknown_enquiry`, `too_many_pictures`, `upload_too_large`, `upload_not_accepted`.
         */
        post: operations["send_picture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{enquiry_id}/pictures/{picture_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture
         * @description A picture that was sent. Refusals: `unknown_enquiry`.
         */
        get: operations["see_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{enquiry_id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate the answer
         * @description One to five stars. Refusals: `unknown_enquiry`.
         */
        post: operations["rate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{enquiry_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add to it
         * @description Adds to an enquiry; it waits for the desk again. Refusals: `unknown_enquiry`, `enquiry_empty`.
         */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exam-reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One examination report
         * @description Findings and impression; the look leaves a trace. Refusals: `unknown_report`, `report_closed`.
         */
        get: operations["read_exam_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exam-reports/{report_id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The images of an examination
         * @description Series in their order, empty where the archive has none; the look leaves a trace.
         *
         *     Refusals: `unknown_report`, `report_closed`.
         */
        get: operations["list_my_exam_images"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exam-reports/{report_id}/images/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One image of an examination
         * @description A JPEG for the screen, not for a diagnosis; `place` is one of `frames`. Refusals: `unknown_report`,
         *     `report_closed`, `unknown_image`, `archive_away`.
         */
        get: operations["show_my_exam_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exam-reports/{report_id}/key-images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An image that the doctor chose for the report
         * @description As it is printed with the report. Refusals: `unknown_report` (also: no such image), `report_closed`.
         */
        get: operations["show_my_key_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exam-reports/{report_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One examination report as PDF
         * @description The paper with number, QR code and check code; `language` zh, en or both.
         *
         *     Refusals: `unknown_report`, `report_closed`, `english_text_missing` (en, naming the part that has no English).
         */
        get: operations["print_my_exam_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations/{booking_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A booked examination
         * @description Time, place, preparation. Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`.
         */
        get: operations["read_exam_booking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations/{booking_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For my calendar
         * @description The examination as an .ics file with its preparation. Refusals: `unknown_exam_booking`, `unknown_person`.
         */
        get: operations["read_exam_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations/{booking_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a time back
         * @description Gives the time back; the order stays and can be planned again. Again changes nothing.
         *
         *     Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`, `exam_step_impossible`, `exam_begun`.
         */
        post: operations["cancel_examination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations/{booking_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an examination
         * @description Moves it; the old time is kept until the new one is taken. The order and its payment stay.
         *
         *     Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`, `exam_step_impossible`, `exam_begun`,
         *     `exam_time_too_soon`, `plan_outdated`, `exam_time_taken`, `patient_elsewhere`, `unknown_exam_device`,
         *     `device_closed`, `device_out_of_order`.
         */
        post: operations["move_examination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations/{booking_id}/times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where it can be moved
         * @description The free times of a day (today) that go with my other examinations, 15 minutes apart.
         *
         *     Refusals: `unknown_exam_booking`, `unknown_person`, `records_closed`.
         */
        get: operations["list_exam_times"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hospital": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hospital
         * @description What the hospital says about itself. Refusals: `unknown_article`.
         */
        get: operations["read_hospital"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My messages
         * @description Messages of the account, newest first, 30 at a time. Refusals: `unknown_message`.
         */
        get: operations["read_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark all as read
         * @description Marks every message of the account as read.
         */
        post: operations["mark_all_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message
         * @description One message; reading it does not mark it. Refusals: `unknown_message`.
         */
        get: operations["read_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/{message_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark as read
         * @description Marks one message as read; a second time changes nothing. Refusals: `unknown_message`.
         */
        post: operations["mark_message_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Has anything changed?
         * @description The version of everything the account follows: its people's visits, the queues in which they wait, bills, reports and messages. Send it back in If-None-Match: 304 while nothing changed. Refusals: `not_signed_in`.
         */
        get: operations["read_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/medical-documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Medical documents of my people
         * @description Signed documents of everybody on the account's list, or of one of them, newest first. A void one says so.
         */
        get: operations["list_my_medical_documents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/medical-documents/{clinical_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A medical document as PDF
         * @description The paper with number, QR code and check code; `language` zh, en or both.
         *
         *     Refusals: `unknown_clinical_document`, `translation_missing` and `translation_stale` (a language in which it does
         *     not print), `clinical_document_voided`, `records_closed`.
         */
        get: operations["print_my_medical_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/my-appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My appointments, to come or over
         * @description Bookings of the people on my list: those to come with the next first, those over with the latest first.
         */
        get: operations["read_my_appointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/next-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to do next
         * @description The next step over all people of the account: an open visit, a held place, today's or a coming appointment.
         */
        get: operations["read_next_step"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Texts to agree to
         * @description The privacy notice and the separate consents, in the versions of today.
         */
        get: operations["list_texts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One text to agree to
         * @description The version of today.
         */
        get: operations["read_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How my payment stands
         * @description Asks the acquirer when the answer is outstanding. Refusals: `payment_not_found`, `unknown_person`.
         */
        get: operations["read_payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{payment_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a WeChat payment
         * @description Nobody can pay it from now on, and the bill can be paid in another way. Look at `state`: it may be paid already.
         *
         *     Refusals: `payment_not_found`, `unknown_person`, `payment_not_cancelable`.
         */
        post: operations["stop_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People I book for
         * @description The people this account may act for, the default first. Document numbers are masked.
         */
        get: operations["list_my_people"];
        put?: never;
        /**
         * Add a person
         * @description Adds oneself or family. A wrong check digit is a warning, never a refusal.
         *
         *     Refusals: `incomplete_person`, `document_taken` (then ask for the record: `POST /people/claims`), `self_taken`,
         *     `guardian_needed` (under 18), `guardian_consent_needed` (under 14), `too_many_people`, `too_many_tries`.
         */
        post: operations["add_my_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records I asked for
         * @description Requests that are open or ended within thirty days, newest first.
         */
        get: operations["list_my_claims"];
        put?: never;
        /**
         * Ask for a record
         * @description Opens a request; the answer does not tell whether there is such a record.
         *
         *     Only who knows document, birth date and name gets `code_address`. Refusals: `incomplete_person`, `self_taken`,
         *     `guardian_needed`, `guardian_consent_needed`, `already_linked`, `claim_open`, `too_many_tries`.
         */
        post: operations["ask_for_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/claims/{claim_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw a request
         * @description Refusals: `unknown_claim`, `claim_ended`.
         */
        delete: operations["withdraw_my_claim"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/claims/{claim_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send me a code
         * @description Sends a code to the e-mail address on file, or as a text message to the phone on file; three in all.
         *
         *     Refusals: `unknown_claim`, `claim_ended`, `no_code_possible`, `claim_code_sent_recently`, `too_many_texts`.
         */
        post: operations["ask_for_claim_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/claims/{claim_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer with the code
         * @description Gives the person. Refusals: `unknown_claim`, `claim_ended`, `wrong_claim_code`, `already_linked`, `self_taken`,
         *     `too_many_people`.
         */
        post: operations["answer_claim_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A person I book for
         * @description With documents, proofs, contact (masked) and insurance cards. Refusals: `unknown_person`.
         */
        get: operations["get_my_person"];
        put?: never;
        post?: never;
        /**
         * Take a person off my list
         * @description The record stays with the hospital. Refusals: `unknown_person`.
         */
        delete: operations["remove_my_person"];
        options?: never;
        head?: never;
        /**
         * Change contact and wishes
         * @description Changes what is given. What the document prints is changed at the desk.
         *
         *     Refusals: `unknown_person`, `incomplete_person`, `records_closed`.
         */
        patch: operations["change_my_person"];
        trace?: never;
    };
    "/api/people/{person_id}/bill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is open
         * @description Lines that wait for payment, in both languages. Refusals: `unknown_person`.
         */
        get: operations["read_open_bill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Paid bills
         * @description Paid bills of one person, newest first. Refusals: `unknown_person`.
         */
        get: operations["list_paid_bills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show this person first
         * @description The app opens with this person. Refusals: `unknown_person`.
         */
        post: operations["show_person_first"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a document
         * @description Such as the new passport. Refusals: `unknown_person`, `incomplete_person`, `document_taken`.
         */
        post: operations["add_my_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a document off the list
         * @description The history keeps it. Refusals: `unknown_person`, `unknown_document`, `last_document`.
         */
        delete: operations["remove_my_document"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/documents/{document_id}/primary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use this document first
         * @description Papers and desks show it. Refusals: `unknown_person`, `unknown_document`.
         */
        post: operations["use_document_first"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/examinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ordered examinations
         * @description The examinations of the last three months, newest order first, with what has to be answered before.
         *
         *     Refusals: `unknown_person`, `records_closed`.
         */
        get: operations["list_examinations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/examinations/book": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book the plan
         * @description Books all of these times or none.
         *
         *     Refusals: `unknown_person`, `records_closed`, `exam_not_bookable`, `answers_need_desk`, `exam_time_too_soon`,
         *     `plan_outdated`, `exam_time_taken`, `exam_booked_already`, `patient_elsewhere`, `unknown_exam_device`,
         *     `device_closed`, `device_out_of_order`.
         */
        post: operations["book_examinations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/examinations/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan my examinations
         * @description Times for these examinations in the next 14 days, with the reasons. Nothing is booked or held.
         *
         *     Refusals: `unknown_person`, `records_closed`, `exam_not_bookable`.
         */
        post: operations["plan_examinations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who else acts for me
         * @description Other accounts that act for oneself, masked. Refusals: `unknown_person`, also for family.
         */
        get: operations["list_my_holders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/holders/{holder_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End that somebody acts for me
         * @description Such as one's parents, once one is of age. Refusals: `unknown_person`.
         */
        delete: operations["end_my_holder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/insurance-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an insurance card
         * @description Only recorded: the insurer is not asked yet. Refusals: `unknown_person`, `incomplete_person`.
         */
        post: operations["add_my_insurance_card"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/insurance-cards/{card_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an insurance card off the list
         * @description Its picture is deleted. Refusals: `unknown_person`, `unknown_insurance_card`.
         */
        delete: operations["remove_my_insurance_card"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/insurance-cards/{card_id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture of the card
         * @description A JPEG. Refusals: `unknown_person`, `unknown_insurance_card`.
         */
        get: operations["read_my_insurance_picture"];
        put?: never;
        /**
         * Send a picture of the card
         * @description A JPEG or PNG of up to 8 MB; it replaces the one before.
         *
         *     Refusals: `unknown_person`, `unknown_insurance_card`, `upload_too_large`, `upload_not_accepted`.
         */
        post: operations["send_insurance_picture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How I want to be cared for
         * @description Wishes of one person. Refusals: `unknown_person`.
         */
        get: operations["read_preferences"];
        /**
         * Change my wishes
         * @description Replaces the wishes of one person. Refusals: `unknown_person`.
         */
        put: operations["write_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/price-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a price notice
         * @description For oneself, or as a guardian; a second time changes nothing.
         *
         *     Refusals: `unknown_person`, `notice_outdated`: quote again and read the new one.
         */
        post: operations["accept_notice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/proofs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a proof
         * @description A JPEG, PNG or PDF of up to 8 MB that the registration desk looks at; it is deleted when they have decided.
         *
         *     `DOCUMENT` shows the document `document_id`, `RELATION` a birth or marriage certificate, `AGREEMENT` what an adult
         *     signed. Refusals: `unknown_person`, `unknown_document`, `upload_too_large`, `upload_not_accepted`.
         */
        post: operations["send_proof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports of a person
         * @description Verified and released reports, newest first. Refusals: `unknown_person`.
         */
        get: operations["list_my_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person_id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fee statement of a period as PDF
         * @description What was charged from the first to the last day, both included, over all visits; this month's unless they are
         *     given. Refusals: `unknown_person`, `period_not_usable`, `nothing_charged`, `english_text_missing`.
         */
        get: operations["print_period"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pictures/{picture_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture
         * @description The picture itself; it never changes. Refusals: `unknown_picture`.
         */
        get: operations["read_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receipts/{receipt_id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The legal receipt
         * @description The Chinese receipt as the finance authority draws it, a PDF or a picture. Refusals: `receipt_unknown`,
         *     `receipt_not_issued`, `fiscal_platform_unavailable`.
         */
        get: operations["read_copy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receipts/{receipt_id}/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Translation sheet of a receipt as PDF
         * @description For insurers who do not read Chinese. Refusals: `receipt_unknown`, `receipt_not_issued`,
         *     `english_text_missing`.
         */
        get: operations["print_sheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refunds/{refund_id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refund notice as PDF
         * @description What goes back, line by line, and where to. Refusals: `refund_unknown`, `unknown_person`.
         */
        get: operations["print_notice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report-shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Share a report by a link
         * @description A link that opens one released report without signing in, for 1, 7 or 30 days.
         *
         *     Refusals: `unknown_report`, `report_closed`, `too_many_shares`.
         */
        post: operations["make_report_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report-shares/{share_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw a link
         * @description Ends the link at once; a second time changes nothing. Refusals: `unknown_share`, `unknown_person`.
         */
        delete: operations["withdraw_report_share"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports of my people
         * @description Reports of everybody on the account's list, or of one of them: 30 at a time, newest first.
         *
         *     What waits for the doctor is closed and tells nothing but that it exists. Refusals: `unknown_person`.
         */
        get: operations["list_reports_of_my_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/closed/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A report that waits for my doctor
         * @description Why a report is closed and when it opens. Refusals: `unknown_report` (also: it is open).
         */
        get: operations["read_closed_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One report
         * @description Values with ranges, flags and trends; the look leaves a trace. Refusals: `unknown_report`, `report_closed`.
         */
        get: operations["read_my_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{report_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One report as PDF
         * @description The paper with number, QR code and check code; `language` zh, en or both. Refusals: `unknown_report`.
         */
        get: operations["print_my_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/{report_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The links to a report
         * @description Every link to a laboratory or examination report and who opened it, working ones first.
         *
         *     Refusals: `unknown_report`, `unknown_person`.
         */
        get: operations["list_links_to_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clinic sessions
         * @description Sessions from `first` (default today) for `days` days, with free places and the registration fee in CNY.
         */
        get: operations["read_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session_id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places of a session */
        get: operations["read_places"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with the code
         * @description Opens a session; the first sign-in makes the account and records the consent to the privacy notice.
         *
         *     `token` is good for `expires_in` seconds, then `/sign-in/refresh` gives the next. The session ends 30 days after
         *     the last refresh. Refusals: `wrong_code`, `bad_address`, `bad_phone`, `account_closed`, `privacy_consent_needed` (a
         *     new account without `privacy_notice`, or with an older version; the code stays good).
         */
        post: operations["sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send me a code
         * @description Sends a six-digit code, valid for 10 minutes, by mail or text message.
         *
         *     Refusals: `bad_address`, `bad_phone`, `code_sent_recently`, `too_many_wrong_codes`, `too_many_texts`.
         */
        post: operations["request_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a password
         * @description Opens a session. Refusals: `wrong_password`, `password_locked`, `bad_address`, `bad_phone`.
         */
        post: operations["sign_in_by_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forgot the password
         * @description Sets a new password with a code of purpose RESET_PASSWORD, signs out everywhere and opens a session.
         *
         *     Refusals: `wrong_code`, `weak_password`, `no_account_here`, `bad_address`, `bad_phone`.
         */
        post: operations["reset_my_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the next token
         * @description Spends the refresh token and returns the next pair; the tokens before stop working.
         *
         *     Sent twice within 30 seconds it returns the same pair. A refresh token that comes back later ends the whole
         *     session. Refusals: `not_signed_in`.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with WeChat
         * @description Opens a session with what `wx.login` gave; the first sign-in makes an account.
         *
         *     Refusals: `wechat_code_invalid`, `wechat_busy`, `wechat_unavailable`, `account_closed`, `privacy_consent_needed`
         *     (ask for the consent, call `wx.login` again: the code is spent).
         */
        post: operations["sign_in_by_wechat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out this device
         * @description Ends the session of the token used.
         */
        post: operations["sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-out/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere
         * @description Ends every session of the account.
         */
        post: operations["sign_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{encounter_id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fee statement of a visit as PDF
         * @description Every charge of a visit, paid or not. Refusals: `unknown_encounter`, `unknown_person`, `nothing_charged`,
         *     `english_text_missing`.
         */
        get: operations["print_visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waitlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What my people wait for
         * @description What the people on my list wait for and are offered, the oldest first.
         */
        get: operations["read_my_waitlist"];
        put?: never;
        /**
         * Wait for a place
         * @description Puts a person on a waitlist; the message of an offer comes to the inbox, and the place is held until then.
         *
         *     Refusals: `unknown_person`, `unknown_session`, `unknown_clinician`, `wait_over`, `places_left`, `already_booked`,
         *     `already_waiting`, `too_many_waits`.
         */
        post: operations["join_waitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waitlist/{entry_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wait no more
         * @description Leaves a waitlist; a place that was offered goes to the next. Refusals: `unknown_wait`, `unknown_person`.
         */
        post: operations["leave_waitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * CodeRequest
         * @description Asks for a code.
         */
        CodeRequest: {
            /** Address */
            address: string;
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh-hans" | "zh-hant";
            /**
             * Purpose
             * @default SIGN_IN
             * @enum {string}
             */
            purpose: "SIGN_IN" | "RESET_PASSWORD";
        };
        /**
         * SignedInAnswer
         * @description A session; `token` goes into `Authorization: Bearer` for `expires_in` seconds, `refresh_token` makes the next.
         */
        SignedInAnswer: {
            /** Token */
            token: string;
            /** Refresh Token */
            refresh_token: string;
            /** Expires In */
            expires_in: number;
            /** Is New Account */
            is_new_account: boolean;
        };
        /**
         * SignInRequest
         * @description Spends a code.
         */
        SignInRequest: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh-hans" | "zh-hant";
            /** Privacy Notice */
            privacy_notice?: number | null;
            /** Address */
            address: string;
            /** Code */
            code: string;
        };
        /**
         * PasswordSignIn
         * @description Signs in with a password.
         */
        PasswordSignIn: {
            /** Address */
            address: string;
            /** Password */
            password: string;
        };
        /**
         * PasswordReset
         * @description Sets a new password with a code of purpose RESET_PASSWORD.
         */
        PasswordReset: {
            /** Address */
            address: string;
            /** Code */
            code: string;
            /** New Password */
            new_password: string;
        };
        /**
         * WechatSignIn
         * @description Signs in with what `wx.login` gave.
         */
        WechatSignIn: {
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh-hans" | "zh-hant";
            /** Privacy Notice */
            privacy_notice?: number | null;
            /** Code */
            code: string;
        };
        /**
         * RefreshRequest
         * @description Spends a refresh token.
         */
        RefreshRequest: {
            /** Refresh Token */
            refresh_token: string;
        };
        /**
         * AccountAnswer
         * @description The signed-in account. `privacy_notice_due` is the version to accept where the notice has changed.
         */
        AccountAnswer: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Email */
            email: string;
            /** Phone */
            phone: string;
            /**
             * Language
             * @enum {string}
             */
            language: "en" | "zh-hans" | "zh-hant";
            /** Display Name */
            display_name: string;
            /** Has Password */
            has_password: boolean;
            /** Has Wechat */
            has_wechat: boolean;
            /** Privacy Notice Due */
            privacy_notice_due: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * ProfileIn
         * @description What changes; the rest stays.
         */
        ProfileIn: {
            /** Language */
            language?: ("en" | "zh-hans" | "zh-hant") | null;
            /** Display Name */
            display_name?: string | null;
        };
        /**
         * PasswordIn
         * @description A new password, and the one in use where there is one.
         */
        PasswordIn: {
            /** New Password */
            new_password: string;
            /**
             * Current Password
             * @default
             */
            current_password: string;
        };
        /**
         * AddressIn
         * @description An e-mail address, or a phone that starts with + and its country code.
         */
        AddressIn: {
            /** Address */
            address: string;
        };
        /**
         * AccountContactIn
         * @description An address with the code that was sent there.
         */
        AccountContactIn: {
            /** Address */
            address: string;
            /** Code */
            code: string;
        };
        /**
         * WechatIn
         * @description What `wx.login` gave.
         */
        WechatIn: {
            /** Code */
            code: string;
        };
        /**
         * DeviceOut
         * @description A device that is signed in.
         */
        DeviceOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            name: components["schemas"]["Text"];
            /**
             * Signed In At
             * Format: date-time
             */
            signed_in_at: string;
            /**
             * Last Seen At
             * Format: date-time
             */
            last_seen_at: string;
            /** Is This One */
            is_this_one: boolean;
        };
        /**
         * Text
         * @description A content text in both languages; `en` is empty where nobody has translated it yet. `zh` is in Traditional
         *     characters for a reader whose Accept-Language says `zh-Hant` (or `zh-HK`, `zh-MO`, `zh-TW`).
         */
        Text: {
            /** Zh */
            zh: string;
            /** En */
            en: string;
        };
        /**
         * Channel
         * @description Over what it comes. The inbox of the app holds everything anyway.
         * @enum {string}
         */
        Channel: "EMAIL" | "SMS";
        /**
         * ChoiceShape
         * @description Whether a topic comes over a channel. The inbox of the app holds everything anyway.
         */
        ChoiceShape: {
            topic: components["schemas"]["Topic"];
            channel: components["schemas"]["Channel"];
            /** Is Wanted */
            is_wanted: boolean;
        };
        /**
         * Topic
         * @description What a message is about. Codes and warnings about one's own account are no topic: they always come.
         * @enum {string}
         */
        Topic: "APPOINTMENTS" | "RESULTS" | "PAYMENTS" | "REQUESTS" | "ANNOUNCEMENTS";
        /**
         * ChoicesIn
         * @description What was chosen; the rest stays.
         */
        ChoicesIn: {
            /** Choices */
            choices: components["schemas"]["ChoiceShape"][];
        };
        /**
         * ClaimOut
         * @description A request for a record. It shows what was typed, masked, and nothing of the record.
         *
         *     `code_address` and `code_phone`: where a one-time code can go, masked; both empty where only the registration desk
         *     can verify. `code_sent_by`: over which of them the last code went, while it is good.
         */
        ClaimOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "OPEN" | "VERIFIED" | "REFUSED" | "WITHDRAWN" | "EXPIRED";
            /** Relation */
            relation: string;
            /** Document Type */
            document_type: string;
            /** Masked Number */
            masked_number: string;
            /** Name */
            name: string;
            /**
             * Birth Date
             * Format: date
             */
            birth_date: string;
            reason: components["schemas"]["Text"] | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Code Address */
            code_address: string;
            /** Code Phone */
            code_phone: string;
            /** Is Code Sent */
            is_code_sent: boolean;
            /** Code Sent By */
            code_sent_by: ("EMAIL" | "PHONE") | null;
            /** Person Id */
            person_id: string | null;
        };
        /**
         * ClaimIn
         * @description Which record is one's own or one's family's: the document, the birth date and the name as on file.
         */
        ClaimIn: {
            /**
             * Relation
             * @default SELF
             */
            relation: string;
            document: components["schemas"]["DocumentIn"];
            /**
             * Family Name
             * @default
             */
            family_name: string;
            /**
             * Given Names
             * @default
             */
            given_names: string;
            /**
             * Chinese Name
             * @default
             */
            chinese_name: string;
            /**
             * Birth Date
             * Format: date
             */
            birth_date: string;
            /** Guardian Notice */
            guardian_notice?: number | null;
        };
        /**
         * DocumentIn
         * @description An identity document as printed.
         */
        DocumentIn: {
            /** Type */
            type: string;
            /** Number */
            number: string;
            /**
             * Issuer
             * @default
             */
            issuer: string;
            /** Valid To */
            valid_to?: string | null;
        };
        /**
         * ClaimCodeRequest
         * @description Over which of the ways on file the code shall come.
         */
        ClaimCodeRequest: {
            /**
             * By
             * @default EMAIL
             * @enum {string}
             */
            by: "EMAIL" | "PHONE";
        };
        /**
         * CreatedOut
         * @description What was made.
         */
        CreatedOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * ClaimCodeIn
         * @description The code from the message.
         */
        ClaimCodeIn: {
            /** Code */
            code: string;
        };
        /**
         * NoticeOut
         * @description A text to agree to. `body` has headings (`## `), paragraphs and list lines (`- `).
         */
        NoticeOut: {
            purpose: components["schemas"]["Purpose"];
            /** Version */
            version: number;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            title: components["schemas"]["Text"];
            summary: components["schemas"]["Text"];
            body: components["schemas"]["Text"];
            /** Hash */
            hash: string;
        };
        /**
         * Purpose
         * @description What is agreed to, each by itself (PIPL: separate consent; domain brief 10).
         * @enum {string}
         */
        Purpose: "PRIVACY" | "CHILD" | "CROSS_BORDER" | "INSURER" | "MARKETING" | "PRICE";
        /**
         * ConsentOut
         * @description How a consent stands. `is_due`: it was given to an older version and is asked for again.
         */
        ConsentOut: {
            purpose: components["schemas"]["Purpose"];
            notice: components["schemas"]["NoticeOut"];
            /** Is Given */
            is_given: boolean;
            /** Is Due */
            is_due: boolean;
            /** Is Required */
            is_required: boolean;
            /** Given Version */
            given_version: number | null;
            /** Given At */
            given_at: string | null;
            /** Withdrawn At */
            withdrawn_at: string | null;
        };
        /**
         * ConsentIn
         * @description Which version was read, in which language.
         */
        ConsentIn: {
            /** Version */
            version: number;
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh-hans" | "zh-hant";
        };
        /**
         * DataCopyOut
         * @description A copy of one's data: PREPARING, READY, TAKEN, FAILED or EXPIRED. `size` in bytes.
         */
        DataCopyOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "PREPARING" | "READY" | "TAKEN" | "FAILED" | "EXPIRED";
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Ready At */
            ready_at: string | null;
            /** Expires At */
            expires_at: string | null;
            /** Size */
            size: number;
        };
        /**
         * DownloadLinkOut
         * @description Where the copy is, once and for ten minutes, without a token.
         */
        DownloadLinkOut: {
            /** Path */
            path: string;
        };
        /**
         * CorrectionOut
         * @description A request to correct something: OPEN, DONE or REFUSED.
         */
        CorrectionOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Text */
            text: string;
            /**
             * State
             * @enum {string}
             */
            state: "OPEN" | "DONE" | "REFUSED";
            answer: components["schemas"]["Text"] | null;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Answered At */
            answered_at: string | null;
        };
        /**
         * CorrectionIn
         * @description What is wrong, and what would be right.
         */
        CorrectionIn: {
            /** Text */
            text: string;
        };
        /**
         * DeletionOut
         * @description What deleting the account means: what is in the way, what goes, what the law keeps.
         */
        DeletionOut: {
            /** Open Bills */
            open_bills: number;
            /** Coming Appointments */
            coming_appointments: number;
            /** Masked Address */
            masked_address: string;
            /** Goes */
            goes: components["schemas"]["Text"][];
            /** Stays */
            stays: components["schemas"]["Text"][];
        };
        /**
         * DeletionIn
         * @description The code that was sent to the account's own address.
         */
        DeletionIn: {
            /** Code */
            code: string;
        };
        /**
         * MedicalDocumentOut
         * @description A document in the list. `languages`: those in which it prints now; `number` is that of the register, or empty.
         */
        MedicalDocumentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            title: components["schemas"]["Text"];
            /** Number */
            number: string;
            /** Version */
            version: number;
            doctor: components["schemas"]["Text"];
            /** Signed At */
            signed_at: string | null;
            /** Is Void */
            is_void: boolean;
            /** Languages */
            languages: components["schemas"]["PaperLanguage"][];
        };
        /**
         * PaperLanguage
         * @description Chinese, English, or each line in both.
         * @enum {string}
         */
        PaperLanguage: "zh" | "en" | "both";
        /**
         * DocumentOut
         * @description A document, masked. `expiry`: UNKNOWN, VALID, SOON (within 180 days) or EXPIRED. `is_checked`: by the desk.
         */
        DocumentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Type */
            type: string;
            /** Issuer */
            issuer: string;
            /** Masked Number */
            masked_number: string;
            /** Valid To */
            valid_to: string | null;
            /** Expiry */
            expiry: string;
            /** Is Primary */
            is_primary: boolean;
            /** Is Checked */
            is_checked: boolean;
            proof: components["schemas"]["ProofOut"] | null;
            /** Warnings */
            warnings: components["schemas"]["DocumentWarningOut"][];
        };
        /**
         * DocumentWarningOut
         * @description Something that looks wrong about a document; it never blocks care.
         */
        DocumentWarningOut: {
            /** Code */
            code: string;
            /** Text */
            text: string;
        };
        /**
         * PersonOut
         * @description A person one books for. `are_records_open`: whether reports may be read, for which an adult has to agree.
         */
        PersonOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Relation */
            relation: string;
            /** Is Default */
            is_default: boolean;
            /** Family Name */
            family_name: string;
            /** Given Names */
            given_names: string;
            /** Chinese Name */
            chinese_name: string;
            /** Display Name */
            display_name: string;
            /** Sex */
            sex: string;
            /**
             * Birth Date
             * Format: date
             */
            birth_date: string;
            /** Nationality */
            nationality: string;
            /** Is Minor */
            is_minor: boolean;
            /** Has Guardian Consent */
            has_guardian_consent: boolean;
            /** Are Records Open */
            are_records_open: boolean;
            relation_proof: components["schemas"]["ProofOut"] | null;
            /** Documents */
            documents: components["schemas"]["DocumentOut"][];
            /** Record Numbers */
            record_numbers: {
                [key: string]: string;
            };
        };
        /**
         * ProofOut
         * @description A picture or PDF that was sent: `PENDING`, `ACCEPTED` or `REFUSED`, then with the reason.
         */
        ProofOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** State */
            state: string;
            reason: components["schemas"]["Text"] | null;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Decided At */
            decided_at: string | null;
        };
        /**
         * PersonCreated
         * @description The new person.
         */
        PersonCreated: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Warnings */
            warnings: components["schemas"]["DocumentWarningOut"][];
        };
        /**
         * PersonIn
         * @description A person to book for. Names as on the document; a single name goes into `given_names`.
         *
         *     `guardian_notice` is the version of the text (`GET /notices/CHILD`) to which a parent or guardian agrees, which a
         *     child under 14 needs.
         */
        PersonIn: {
            /**
             * Relation
             * @default SELF
             */
            relation: string;
            /**
             * Family Name
             * @default
             */
            family_name: string;
            /**
             * Given Names
             * @default
             */
            given_names: string;
            /**
             * Chinese Name
             * @default
             */
            chinese_name: string;
            /**
             * Preferred Name
             * @default
             */
            preferred_name: string;
            /** Sex */
            sex: string;
            /**
             * Birth Date
             * Format: date
             */
            birth_date: string;
            /** Nationality */
            nationality: string;
            document: components["schemas"]["DocumentIn"];
            /** Languages */
            languages?: string[];
            /**
             * Needs Interpreter
             * @default false
             */
            needs_interpreter: boolean;
            /**
             * Email
             * @default
             */
            email: string;
            /**
             * Phone
             * @default
             */
            phone: string;
            /** Guardian Notice */
            guardian_notice?: number | null;
        };
        /**
         * InsuranceCardOut
         * @description A card, its number masked.
         */
        InsuranceCardOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Insurer */
            insurer: string;
            /** Plan */
            plan: string;
            /** Masked Number */
            masked_number: string;
            /** Valid From */
            valid_from: string | null;
            /** Valid To */
            valid_to: string | null;
            /** Expiry */
            expiry: string;
            /** Has Picture */
            has_picture: boolean;
        };
        /**
         * PersonDetailOut
         * @description A person with contact (masked), wishes and insurance cards.
         */
        PersonDetailOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Relation */
            relation: string;
            /** Is Default */
            is_default: boolean;
            /** Family Name */
            family_name: string;
            /** Given Names */
            given_names: string;
            /** Chinese Name */
            chinese_name: string;
            /** Display Name */
            display_name: string;
            /** Sex */
            sex: string;
            /**
             * Birth Date
             * Format: date
             */
            birth_date: string;
            /** Nationality */
            nationality: string;
            /** Is Minor */
            is_minor: boolean;
            /** Has Guardian Consent */
            has_guardian_consent: boolean;
            /** Are Records Open */
            are_records_open: boolean;
            relation_proof: components["schemas"]["ProofOut"] | null;
            /** Documents */
            documents: components["schemas"]["DocumentOut"][];
            /** Record Numbers */
            record_numbers: {
                [key: string]: string;
            };
            /** Preferred Name */
            preferred_name: string;
            /** Languages */
            languages: string[];
            /** Needs Interpreter */
            needs_interpreter: boolean;
            /** Email */
            email: string;
            /** Phone */
            phone: string;
            /** Insurance Cards */
            insurance_cards: components["schemas"]["InsuranceCardOut"][];
        };
        /**
         * ContactIn
         * @description A change of contact and wishes; what is left out stays as it is.
         */
        ContactIn: {
            /** Email */
            email?: string | null;
            /** Phone */
            phone?: string | null;
            /** Preferred Name */
            preferred_name?: string | null;
            /** Languages */
            languages?: string[] | null;
            /** Needs Interpreter */
            needs_interpreter?: boolean | null;
        };
        /**
         * HolderOut
         * @description Another account that acts for me, masked.
         */
        HolderOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Relation */
            relation: string;
            /** Address */
            address: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * WarningsOut
         * @description What looks wrong about the document that was added.
         */
        WarningsOut: {
            /** Warnings */
            warnings: components["schemas"]["DocumentWarningOut"][];
        };
        /**
         * DocumentAdded
         * @description A further document.
         */
        DocumentAdded: {
            /** Type */
            type: string;
            /** Number */
            number: string;
            /**
             * Issuer
             * @default
             */
            issuer: string;
            /** Valid To */
            valid_to?: string | null;
            /**
             * Is Primary
             * @default false
             */
            is_primary: boolean;
        };
        /**
         * ProofKind
         * @description What a proof shows.
         * @enum {string}
         */
        ProofKind: "DOCUMENT" | "RELATION" | "AGREEMENT";
        /**
         * InsuranceCardIn
         * @description A commercial insurer's card as printed.
         */
        InsuranceCardIn: {
            /** Insurer */
            insurer: string;
            /** Member Number */
            member_number: string;
            /**
             * Plan
             * @default
             */
            plan: string;
            /** Valid From */
            valid_from?: string | null;
            /** Valid To */
            valid_to?: string | null;
        };
        /**
         * DocumentCheckOut
         * @description What the number says and what looks wrong about it: a warning, never a refusal. Empty where it does not tell.
         */
        DocumentCheckOut: {
            /** Birth Date */
            birth_date: string | null;
            /** Sex */
            sex: string;
            /** Nationality */
            nationality: string;
            /** Issuer */
            issuer: string;
            /** Likely Type */
            likely_type: string;
            /** Expiry */
            expiry: string;
            /** Warnings */
            warnings: components["schemas"]["DocumentWarningOut"][];
        };
        /**
         * DocumentCheckIn
         * @description A document as far as it was typed; what else is known is compared with what the number says.
         */
        DocumentCheckIn: {
            /** Type */
            type: string;
            /** Number */
            number: string;
            /** Birth Date */
            birth_date?: string | null;
            /**
             * Sex
             * @default
             */
            sex: string;
            /**
             * Nationality
             * @default
             */
            nationality: string;
            /** Valid To */
            valid_to?: string | null;
        };
        /**
         * CodeLineOut
         * @description What the code line says. `is_read` is false when it is not a whole code line: nothing else is filled then.
         */
        CodeLineOut: {
            /** Is Read */
            is_read: boolean;
            /** Is Passport */
            is_passport: boolean;
            /** Family Name */
            family_name: string;
            /** Given Names */
            given_names: string;
            /** Number */
            number: string;
            /** Issuer */
            issuer: string;
            /** Nationality */
            nationality: string;
            /** Birth Date */
            birth_date: string | null;
            /** Sex */
            sex: string;
            /** Valid To */
            valid_to: string | null;
            /** Warnings */
            warnings: components["schemas"]["DocumentWarningOut"][];
        };
        /**
         * CodeLineIn
         * @description The code line of a document as typed or pasted, with or without line breaks.
         */
        CodeLineIn: {
            /** Text */
            text: string;
        };
        /**
         * CountryOut
         * @description A country or territory.
         */
        CountryOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
        };
        /**
         * CampusOut
         * @description A campus. Where it is in degrees of WGS 84, for the telephone to reckon how far; null where not measured.
         */
        CampusOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
            short: components["schemas"]["Text"];
            address: components["schemas"]["Text"];
            /** Phone */
            phone: string;
            /** Latitude */
            latitude?: number | null;
            /** Longitude */
            longitude?: number | null;
        };
        /**
         * DepartmentOut
         * @description A department.
         */
        DepartmentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Code */
            code: string;
            /** Campus Code */
            campus_code: string;
            /** Specialty */
            specialty: string;
            name: components["schemas"]["Text"];
            intro: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            /** Floor */
            floor: string;
        };
        /**
         * DoctorOut
         * @description A doctor. `portrait` is the address of a picture on this server, or empty.
         */
        DoctorOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            name: components["schemas"]["Text"];
            /** Sex */
            sex: string;
            /** Title */
            title: string;
            title_name: components["schemas"]["Text"];
            /** Languages */
            languages: string[];
            expertise: components["schemas"]["Text"];
            department: components["schemas"]["DepartmentOut"];
            /** Portrait */
            portrait: string;
        };
        /**
         * SessionOut
         * @description A clinic session with free places.
         */
        SessionOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Clinician Id
             * Format: uuid
             */
            clinician_id: string;
            clinician_name: components["schemas"]["Text"];
            department_name: components["schemas"]["Text"];
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
            /**
             * Held On
             * Format: date
             */
            held_on: string;
            /** Part */
            part: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Service Type */
            service_type: string;
            /** Service Line */
            service_line: string;
            /** Fee */
            fee: string | null;
            /** Free */
            free: number;
        };
        /**
         * ArticleOut
         * @description An article.
         */
        ArticleOut: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "hospital" | "campus" | "announcement" | "guide" | "help" | "department" | "doctor";
            /** Slug */
            slug: string;
            /** Campus */
            campus: string;
            title: components["schemas"]["Text"];
            summary: components["schemas"]["Text"];
            /** Symbol */
            symbol: string;
            /**
             * Audience
             * @enum {string}
             */
            audience: "everyone" | "overseas" | "families";
            /** Is Pinned */
            is_pinned: boolean;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /**
             * Translation
             * @enum {string}
             */
            translation: "missing" | "draft" | "stale" | "reviewed";
            body: components["schemas"]["BodyOut"];
            /** Picture */
            picture: string;
            picture_alt: components["schemas"]["Text"];
        };
        /**
         * BlockKind
         * @enum {string}
         */
        BlockKind: "heading" | "paragraph" | "bullets" | "steps" | "note" | "picture";
        /**
         * BlockOut
         * @description One block of an article. Lists have `items`; a picture has `picture` and the text in its place in `spans`.
         */
        BlockOut: {
            kind: components["schemas"]["BlockKind"];
            /** Level */
            level: number;
            /** Spans */
            spans: components["schemas"]["SpanOut"][];
            /** Items */
            items: components["schemas"]["SpanOut"][][];
            /** Picture */
            picture: string;
        };
        /**
         * BodyOut
         * @description A text in blocks, in both languages; `en` is empty where nobody has translated it yet.
         */
        BodyOut: {
            /** Zh */
            zh: components["schemas"]["BlockOut"][];
            /** En */
            en: components["schemas"]["BlockOut"][];
        };
        /**
         * SpanOut
         * @description A run of text in one style. `href` is empty or begins with https:, tel:, mailto:, guide: or help:.
         */
        SpanOut: {
            /** Text */
            text: string;
            /** Strong */
            strong: boolean;
            /** Href */
            href: string;
        };
        /**
         * ArticleCard
         * @description An article in a list. `campus` is empty for one of the whole hospital; `translation` says what its English is
         *     worth: `stale` when the Chinese changed after it.
         */
        ArticleCard: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "hospital" | "campus" | "announcement" | "guide" | "help" | "department" | "doctor";
            /** Slug */
            slug: string;
            /** Campus */
            campus: string;
            title: components["schemas"]["Text"];
            summary: components["schemas"]["Text"];
            /** Symbol */
            symbol: string;
            /**
             * Audience
             * @enum {string}
             */
            audience: "everyone" | "overseas" | "families";
            /** Is Pinned */
            is_pinned: boolean;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /**
             * Translation
             * @enum {string}
             */
            translation: "missing" | "draft" | "stale" | "reviewed";
        };
        /**
         * ArticlePage
         * @description One page of a list; `count` articles in all on `pages` pages.
         */
        ArticlePage: {
            /** Items */
            items: components["schemas"]["ArticleCard"][];
            /** Page */
            page: number;
            /** Pages */
            pages: number;
            /** Count */
            count: number;
        };
        /**
         * CampusPage
         * @description A campus with everything that leads there. `latitude` and `longitude` are numbers as text in GCJ-02, the system
         *     of maps in China, or empty; `hours` and `emergency` are lines of text.
         */
        CampusPage: {
            campus: components["schemas"]["CampusOut"];
            /** Latitude */
            latitude: string;
            /** Longitude */
            longitude: string;
            hours: components["schemas"]["Text"];
            emergency: components["schemas"]["Text"];
            /** Floors */
            floors: components["schemas"]["FloorOut"][];
            article: components["schemas"]["ArticleOut"] | null;
        };
        /**
         * FloorOut
         * @description One floor: the departments that see patients there, and the rooms.
         */
        FloorOut: {
            /** Floor */
            floor: string;
            /** Departments */
            departments: components["schemas"]["DepartmentOut"][];
            /** Rooms */
            rooms: components["schemas"]["RoomOut"][];
        };
        /**
         * RoomOut
         * @description A room, and the department it belongs to if there is one.
         */
        RoomOut: {
            name: components["schemas"]["Text"];
            department: components["schemas"]["Text"] | null;
        };
        /**
         * DepartmentPage
         * @description A department with what is written about it and who works there.
         */
        DepartmentPage: {
            department: components["schemas"]["DepartmentOut"];
            campus: components["schemas"]["CampusOut"];
            /** Doctors */
            doctors: components["schemas"]["DoctorOut"][];
            article: components["schemas"]["ArticleOut"] | null;
        };
        /**
         * DoctorPage
         * @description A doctor as content: the portrait's address (or empty), education, and what is written about them.
         */
        DoctorPage: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            doctor: components["schemas"]["DoctorOut"];
            campus: components["schemas"]["CampusOut"];
            /** Portrait */
            portrait: string;
            portrait_alt: components["schemas"]["Text"];
            education: components["schemas"]["Text"];
            article: components["schemas"]["ArticleOut"] | null;
        };
        /**
         * Chosen
         * @description What the reader typed and chose; empty values choose nothing.
         */
        Chosen: {
            /**
             * Q
             * @default
             */
            q: string;
            /** Doctor */
            doctor?: string | null;
            /** Department */
            department?: string | null;
            /**
             * Specialty
             * @default
             */
            specialty: string;
            /**
             * Campus
             * @default
             */
            campus: string;
            /**
             * Language
             * @default
             */
            language: string;
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * Sex
             * @default
             * @enum {string}
             */
            sex: "" | "M" | "F";
            /**
             * Part
             * @default
             * @enum {string}
             */
            part: "" | "AM" | "PM" | "EVENING";
            /**
             * Clinic
             * @default false
             */
            clinic: boolean;
        };
        /**
         * NamedOut
         * @description Something with a code and a name in both languages.
         */
        NamedOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
        };
        /**
         * NextPlaceOut
         * @description The next free place of a doctor.
         */
        NextPlaceOut: {
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /** Slot Id */
            slot_id: number;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Held On
             * Format: date
             */
            held_on: string;
            /** Part */
            part: string;
            /** Service Line */
            service_line: string;
            price: components["schemas"]["PriceOut"] | null;
        };
        /**
         * OfferOut
         * @description A doctor who can be booked; `portrait` is the address of a picture on this server, or empty.
         *
         *     `is_clinic`: a clinic without a doctor's name. `id` is its department then, `name` the clinic's; who will be there
         *     is not said.
         *
         *     `next` is null where no place is free in the coming two weeks; `opens_at` says when the next are released, if ever.
         */
        OfferOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            name: components["schemas"]["Text"];
            family_name: components["schemas"]["Text"];
            given_name: components["schemas"]["Text"];
            /** Sex */
            sex: string;
            /** Title */
            title: string;
            title_name: components["schemas"]["Text"];
            /** Languages */
            languages: string[];
            expertise: components["schemas"]["Text"];
            /** Portrait */
            portrait: string;
            /**
             * Department Id
             * Format: uuid
             */
            department_id: string;
            /** Specialty */
            specialty: string;
            department_name: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            /** Floor */
            floor: string;
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            next: components["schemas"]["NextPlaceOut"] | null;
            /** Opens At */
            opens_at: string | null;
            /**
             * Is Clinic
             * @default false
             */
            is_clinic: boolean;
        };
        /**
         * OffersOut
         * @description A page of doctors. With `alarms` the reader is sent to 120 or the emergency department first.
         */
        OffersOut: {
            /** Total */
            total: number;
            /** Offset */
            offset: number;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
            /** Alarms */
            alarms: components["schemas"]["NamedOut"][];
            /** Symptoms */
            symptoms: components["schemas"]["NamedOut"][];
            /** Specialties */
            specialties: components["schemas"]["SpecialtyOut"][];
            /** Doctors */
            doctors: components["schemas"]["OfferOut"][];
        };
        /**
         * PriceOut
         * @description What a place costs an adult, in CNY: the standard price, the surcharge (`mark`: "+30 %") and their sum.
         */
        PriceOut: {
            name: components["schemas"]["Text"];
            /** Base */
            base: string;
            /** Surcharge */
            surcharge: string;
            /** Total */
            total: string;
            /** Mark */
            mark: string;
        };
        /**
         * SpecialtyOut
         * @description A specialty among the doctors found, and how many they are.
         */
        SpecialtyOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
            /** Doctors */
            doctors: number;
        };
        /**
         * OfferSessionOut
         * @description A session of a doctor's day with its price.
         */
        OfferSessionOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Part */
            part: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Service Type */
            service_type: string;
            /** Service Line */
            service_line: string;
            department_name: components["schemas"]["Text"];
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            campus_address: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
            /** Free */
            free: number;
            /** Opens At */
            opens_at: string | null;
            price: components["schemas"]["PriceOut"] | null;
        };
        /**
         * AppointmentOut
         * @description A booking.
         */
        AppointmentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** State */
            state: string;
            /** Held Until */
            held_until: string | null;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Number */
            number: number;
            clinician_name: components["schemas"]["Text"];
            department_name: components["schemas"]["Text"];
            campus_name: components["schemas"]["Text"];
            campus_address: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
            /** Service Line */
            service_line: string;
            /** Encounter Id */
            encounter_id?: string | null;
        };
        /**
         * RegistrationTypeIn
         * @description What one registers for; left out, it is a follow-up where the doctor or department saw the patient lately.
         */
        RegistrationTypeIn: {
            /**
             * Registration Type
             * @default
             * @enum {string}
             */
            registration_type: "" | "ORDINARY" | "FOLLOW_UP";
        };
        /**
         * CancelIn
         * @description Why a booking is given back, and what the patient was told comes back (another amount is refused).
         */
        CancelIn: {
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Refund */
            refund?: number | string | null;
        };
        /**
         * VisitOut
         * @description A visit as the patient follows it.
         */
        VisitOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** State */
            state: string;
            /** Queue Number */
            queue_number: string;
            /** Waiting Before */
            waiting_before: number;
            clinician_name: components["schemas"]["Text"];
            department_name: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
        };
        /**
         * BookingFeeOut
         * @description The fee of a booking, in CNY. `state` is OPEN, BEING_PAID, PAID, REFUNDED or NONE; `mark` is "+30 %".
         *
         *     `paid` is what was paid and not asked back, `refunded` what was asked back. `charge_ids` are to be paid.
         */
        BookingFeeOut: {
            /** State */
            state: string;
            /** Base */
            base: string;
            /** Surcharge */
            surcharge: string;
            /** Total */
            total: string;
            /** Mark */
            mark: string;
            /** Paid */
            paid: string;
            /** Refunded */
            refunded: string;
            /** Charge Ids */
            charge_ids: string[];
        };
        /**
         * FollowsOut
         * @description The visit of which a booking is, or would be, a follow-up: who saw the patient, and when.
         */
        FollowsOut: {
            /**
             * Seen On
             * Format: date
             */
            seen_on: string;
            doctor_name: components["schemas"]["Text"];
        };
        /**
         * MyAppointmentOut
         * @description A booking with everything that its page shows. `ended` is NOT_PAID, HOLD_OVER, CANCELLED or CALLED_OFF (by
         *     the hospital, see its rebooking) for what has ended.
         *
         *     `preview` is there for one held place that is read by itself.
         */
        MyAppointmentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            person_name: components["schemas"]["Text"];
            /** State */
            state: string;
            /** Ended */
            ended: string | null;
            /** Revision */
            revision: number;
            /** Held Until */
            held_until: string | null;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Number */
            number: number;
            /**
             * Clinician Id
             * Format: uuid
             */
            clinician_id: string;
            clinician_name: components["schemas"]["Text"];
            title_name: components["schemas"]["Text"];
            /** Is Clinic */
            is_clinic: boolean;
            /**
             * Department Id
             * Format: uuid
             */
            department_id: string;
            department_name: components["schemas"]["Text"];
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            campus_address: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
            /** Service Line */
            service_line: string;
            /** Encounter Id */
            encounter_id: string | null;
            fee: components["schemas"]["BookingFeeOut"];
            terms: components["schemas"]["TermsOut"] | null;
            preview?: components["schemas"]["PreviewOut"] | null;
            follows?: components["schemas"]["FollowsOut"] | null;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
        };
        /**
         * MyAppointmentsOut
         * @description A page of bookings.
         */
        MyAppointmentsOut: {
            /** Items */
            items: components["schemas"]["MyAppointmentOut"][];
            /** Has More */
            has_more: boolean;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
        };
        /**
         * PreviewOut
         * @description What a held place would cost this patient and until when it could be paid and given back, if booked now.
         */
        PreviewOut: {
            price: components["schemas"]["PriceOut"] | null;
            /**
             * Pay By
             * Format: date-time
             */
            pay_by: string;
            /**
             * Free Until
             * Format: date-time
             */
            free_until: string;
            follows?: components["schemas"]["FollowsOut"] | null;
        };
        /**
         * TermsOut
         * @description The last instants (exclusive) to pay, to give back for nothing, to change, to give back at all; what giving the
         *     place back now would return, and what of the paid fee would be kept.
         */
        TermsOut: {
            /** Pay By */
            pay_by: string | null;
            /**
             * Free Until
             * Format: date-time
             */
            free_until: string;
            /**
             * Change Until
             * Format: date-time
             */
            change_until: string;
            /**
             * Cancel Until
             * Format: date-time
             */
            cancel_until: string;
            /** Can Change */
            can_change: boolean;
            /** Can Cancel */
            can_cancel: boolean;
            /** Refund */
            refund: string;
            /** Kept */
            kept: string;
        };
        /**
         * HoldForIn
         * @description For whom.
         */
        HoldForIn: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /**
         * ChangeTermsOut
         * @description What moving means: the same fee goes along, or `price` is paid anew and `refund` goes back.
         */
        ChangeTermsOut: {
            /** Is Same Fee */
            is_same_fee: boolean;
            price: components["schemas"]["PriceOut"] | null;
            /** Refund */
            refund: string;
            /** To Pay */
            to_pay: string;
        };
        /**
         * PlaceIn
         * @description Where to.
         */
        PlaceIn: {
            /** Slot Id */
            slot_id: number;
        };
        /**
         * ChangeIn
         * @description Where to, and what the patient was told is to be paid (another amount is refused).
         */
        ChangeIn: {
            /** Slot Id */
            slot_id: number;
            /** To Pay */
            to_pay?: number | string | null;
        };
        /**
         * InsteadOut
         * @description A free place that the patient may have before others.
         */
        InsteadOut: {
            /** Slot Id */
            slot_id: number;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            clinician_name: components["schemas"]["Text"];
            department_name: components["schemas"]["Text"];
            campus_name: components["schemas"]["Text"];
            room: components["schemas"]["Text"] | null;
        };
        /**
         * RebookingOut
         * @description Why the hospital called the appointment off; until when (inclusive) its patient may book before others.
         *
         *     `used_for` is the appointment that came of it: then there are no places to choose from.
         */
        RebookingOut: {
            reason: components["schemas"]["Text"];
            /**
             * Valid Until
             * Format: date
             */
            valid_until: string;
            /** Used For */
            used_for: string | null;
            /** Places */
            places: components["schemas"]["InsteadOut"][];
        };
        /**
         * RebookedOut
         * @description The new appointment.
         */
        RebookedOut: {
            /**
             * Appointment Id
             * Format: uuid
             */
            appointment_id: string;
        };
        /**
         * RebookIn
         * @description The place that was chosen.
         */
        RebookIn: {
            /** Slot Id */
            slot_id: number;
        };
        /**
         * WaitOut
         * @description Somebody who waits. `rank` counts from 1 while WAITING; OFFERED: the hold `appointment_id` until `offered_until`.
         *
         *     `session_id`, the time and the place are null for who waits for any session of the doctor from `first` to `last`.
         */
        WaitOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** State */
            state: string;
            /** Rank */
            rank: number | null;
            /**
             * Doctor Id
             * Format: uuid
             */
            doctor_id: string;
            doctor_name: components["schemas"]["Text"];
            /** Session Id */
            session_id: string | null;
            /** Starts At */
            starts_at: string | null;
            /** Ends At */
            ends_at: string | null;
            department_name: components["schemas"]["Text"] | null;
            campus_name: components["schemas"]["Text"] | null;
            /**
             * First
             * Format: date
             */
            first: string;
            /**
             * Last
             * Format: date
             */
            last: string;
            /** Appointment Id */
            appointment_id: string | null;
            /** Offered Until */
            offered_until: string | null;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
        };
        /**
         * WaitIn
         * @description Who waits: for a place in a session, or with a doctor from `first` to `last`.
         */
        WaitIn: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Session Id */
            session_id?: string | null;
            /** Doctor Id */
            doctor_id?: string | null;
            /** First */
            first?: string | null;
            /** Last */
            last?: string | null;
        };
        /**
         * ArrivalOut
         * @description A visit of today. `state` is READY, NO_NUMBER, EARLY (until `opens_at`) or DONE; `place` is where one waits;
         *     `knows_place` says whether one can check in by distance there.
         */
        ArrivalOut: {
            /**
             * Appointment Id
             * Format: uuid
             */
            appointment_id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            person_name: components["schemas"]["Text"];
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            clinician_name: components["schemas"]["Text"];
            department_name: components["schemas"]["Text"];
            campus_name: components["schemas"]["Text"];
            place: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            /** State */
            state: string;
            /**
             * Opens At
             * Format: date-time
             */
            opens_at: string;
            /** Knows Place */
            knows_place: boolean;
        };
        /**
         * CheckedInOut
         * @description Who was checked in, `was_done` where that was so already. Where several fit, `choices` has them and nothing was
         *     changed.
         */
        CheckedInOut: {
            arrival: components["schemas"]["ArrivalOut"] | null;
            visit: components["schemas"]["VisitOut"] | null;
            /** Was Done */
            was_done: boolean;
            /** Choices */
            choices: components["schemas"]["ArrivalOut"][];
        };
        /**
         * CodeIn
         * @description The code that the waiting area shows. `appointment_id` chooses among several visits there; `takes_number` takes
         *     the number first where it is missing.
         */
        CodeIn: {
            /** Code */
            code: string;
            /** Appointment Id */
            appointment_id?: string | null;
            /**
             * Takes Number
             * @default false
             */
            takes_number: boolean;
        };
        /**
         * HereIn
         * @description Where the telephone is, in degrees of WGS 84, to within `accuracy` meters. It decides and is not kept.
         */
        HereIn: {
            /**
             * Appointment Id
             * Format: uuid
             */
            appointment_id: string;
            /** Latitude */
            latitude: number;
            /** Longitude */
            longitude: number;
            /** Accuracy */
            accuracy: number;
            /**
             * Takes Number
             * @default false
             */
            takes_number: boolean;
        };
        /**
         * JourneyOut
         * @description The journey of one booking as of `read_at`.
         */
        JourneyOut: {
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
            appointment: components["schemas"]["AppointmentOut"];
            visit: components["schemas"]["VisitOut"] | null;
            /** Nodes */
            nodes: components["schemas"]["NodeOut"][];
        };
        /**
         * NextPersonOut
         * @description Whom the next step is for.
         */
        NextPersonOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Relation */
            relation: string;
            display_name: components["schemas"]["Text"];
            /** Family Name */
            family_name: string;
            /** Given Names */
            given_names: string;
            /** Chinese Name */
            chinese_name: string;
        };
        /**
         * NextStepAnswer
         * @description What comes next; null where nothing is open or booked.
         */
        NextStepAnswer: {
            next: components["schemas"]["NextStepOut"] | null;
        };
        /**
         * NextStepOut
         * @description The visit or booking that comes first, which of its steps is next, and the bookings after it.
         */
        NextStepOut: {
            person: components["schemas"]["NextPersonOut"];
            journey: components["schemas"]["JourneyOut"];
            current: components["schemas"]["NodeOut"] | null;
            /** Position */
            position: number;
            /** Coming */
            coming: components["schemas"]["AppointmentOut"][];
        };
        /**
         * NodeOut
         * @description A step of the visit. `state` is TODO, NOW, DONE or SKIPPED; `names` are the tests or medicines it is about.
         *
         *     `action` is what can be done about it, `target` the id that this needs. `planned_at` is when a
         *     booked examination or follow-up begins, `due_on` about when to come back. `note` says what is out of the ordinary,
         *     `note_code` which it is.
         */
        NodeOut: {
            /** Key */
            key: string;
            /** Kind */
            kind: string;
            /** State */
            state: string;
            /** At */
            at: string | null;
            title: components["schemas"]["Text"];
            hint: components["schemas"]["Text"];
            /** Names */
            names: components["schemas"]["Text"][];
            place: components["schemas"]["PlaceOut"] | null;
            /** Bring */
            bring: components["schemas"]["Text"][];
            /** Prepare */
            prepare: components["schemas"]["Text"][];
            waiting: components["schemas"]["WaitingOut"] | null;
            action: components["schemas"]["StepAction"] | null;
            /** Target */
            target: string;
            note: components["schemas"]["Text"] | null;
            /** Note Code */
            note_code: string | null;
            /** Planned At */
            planned_at?: string | null;
            /** Due On */
            due_on?: string | null;
        };
        /**
         * PlaceOut
         * @description Where a step happens. `sign` is what the sign in the building says, in Chinese.
         */
        PlaceOut: {
            name: components["schemas"]["Text"];
            /** Sign */
            sign: string;
            location: components["schemas"]["Text"];
            /** Floor */
            floor: string;
        };
        /**
         * StepAction
         * @description What the patient can do about a step in the app; the app turns it into a button.
         * @enum {string}
         */
        StepAction: "BOOK" | "PAY" | "TAKE_NUMBER" | "CHECK_IN" | "SEE_QUEUE" | "OPEN_RECEIPT" | "OPEN_REPORT" | "PLAN_EXAMS" | "OPEN_EXAM" | "BOOK_DOCTOR" | "BOOK_DEPARTMENT" | "OPEN_BOOKING" | "RATE";
        /**
         * WaitingOut
         * @description How many will be called before you, and an estimate in minutes.
         */
        WaitingOut: {
            /** Before */
            before: number;
            /** Minutes From */
            minutes_from: number;
            /** Minutes To */
            minutes_to: number;
        };
        /**
         * RatingAnswer
         * @description The rating; null where nobody has rated the visit.
         */
        RatingAnswer: {
            rating: components["schemas"]["RatingOut"] | null;
        };
        /**
         * RatingOut
         * @description What was said of a visit, and until when it can be changed.
         */
        RatingOut: {
            /** Stars */
            stars: number;
            /** Words */
            words: string;
            /**
             * Rated At
             * Format: date-time
             */
            rated_at: string;
            /**
             * Can Change Until
             * Format: date-time
             */
            can_change_until: string;
        };
        /**
         * RatingIn
         * @description One to five stars and words, at most 500 characters.
         */
        RatingIn: {
            /** Stars */
            stars: number;
            /**
             * Words
             * @default
             */
            words: string;
        };
        /**
         * ExamBookingOut
         * @description A booked examination. `state` is BOOKED, CHECKED_IN, CALLED, IN_PROGRESS, DONE, NO_SHOW or CANCELLED.
         */
        ExamBookingOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            name: components["schemas"]["Text"];
            preparation: components["schemas"]["Text"];
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            place: components["schemas"]["ExamPlaceOut"];
            /** State */
            state: string;
            state_name: components["schemas"]["Text"];
            /** Revision */
            revision: number;
            /** Can Change */
            can_change: boolean;
        };
        /**
         * ExamPlaceOut
         * @description Where an examination is done. `sign` is what the sign in the building says, in Chinese.
         */
        ExamPlaceOut: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            name: components["schemas"]["Text"];
            /** Sign */
            sign: string;
            location: components["schemas"]["Text"];
            /** Floor */
            floor: string;
        };
        /**
         * OrderedExamOut
         * @description An ordered examination. `status` is TO_PLAN, BOOKED, DONE, TO_PAY, or NO_BOOKING: it is done without one.
         *
         *     `questions` are the codes of what has to be answered first, `fasting_hours` how long before it one may not eat.
         */
        OrderedExamOut: {
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            /** Order */
            order: string;
            /** Ordered At */
            ordered_at: string | null;
            name: components["schemas"]["Text"];
            preparation: components["schemas"]["Text"];
            /** Minutes */
            minutes: number;
            /** Fasting Hours */
            fasting_hours: number;
            /** Status */
            status: string;
            /** Questions */
            questions: string[];
            booking: components["schemas"]["ExamBookingOut"] | null;
        };
        /**
         * OrderedExamsOut
         * @description The examinations of a person and the questions that belong to them, each once.
         */
        OrderedExamsOut: {
            /** Exams */
            exams: components["schemas"]["OrderedExamOut"][];
            /** Questions */
            questions: components["schemas"]["QuestionOut"][];
        };
        /**
         * QuestionOut
         * @description What is asked before an examination; `why` says what for.
         */
        QuestionOut: {
            /** Code */
            code: string;
            ask: components["schemas"]["Text"];
            why: components["schemas"]["Text"];
        };
        /**
         * LeftOutOut
         * @description An examination that has no time in the plan; `code` is ASK_DESK, NOT_ANSWERED, NO_DEVICE, NOTHING_FREE or
         *     NOT_TOGETHER.
         */
        LeftOutOut: {
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            name: components["schemas"]["Text"];
            /** Code */
            code: string;
            why: components["schemas"]["Text"];
        };
        /**
         * PlanOut
         * @description Times for several examinations in their order; `split` says why they lie on several days.
         */
        PlanOut: {
            /** Exams */
            exams: components["schemas"]["PlannedExamOut"][];
            /** Left Out */
            left_out: components["schemas"]["LeftOutOut"][];
            split: components["schemas"]["Text"] | null;
        };
        /**
         * PlannedExamOut
         * @description One line of a plan. `fast_from` is when the last meal has to be over, `drink_at` when to begin to drink.
         */
        PlannedExamOut: {
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            name: components["schemas"]["Text"];
            preparation: components["schemas"]["Text"];
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            place: components["schemas"]["ExamPlaceOut"];
            /** Whys */
            whys: components["schemas"]["Text"][];
            /** Fast From */
            fast_from: string | null;
            /** Drink At */
            drink_at: string | null;
        };
        /**
         * ExamQuestion
         * @description What has to be known before an examination. To each a "yes" goes to the desk, to ESCORT a "no".
         * @enum {string}
         */
        ExamQuestion: "PREGNANT" | "IMPLANT" | "CONTRAST_ALLERGY" | "KIDNEY" | "METFORMIN" | "ESCORT";
        /**
         * PlanIn
         * @description Which order lines to plan, the answers by the code of the question, and the first day that suits.
         */
        PlanIn: {
            /** Line Ids */
            line_ids: string[];
            /** Answers */
            answers?: {
                [key: string]: boolean;
            };
            /** From Day */
            from_day?: string | null;
        };
        /**
         * BookIn
         * @description A plan that the patient agrees to, with the answers once more.
         */
        BookIn: {
            /** Spots */
            spots: components["schemas"]["SpotIn"][];
            /** Answers */
            answers?: {
                [key: string]: boolean;
            };
        };
        /**
         * SpotIn
         * @description A time as the plan gave it.
         */
        SpotIn: {
            /**
             * Line Id
             * Format: uuid
             */
            line_id: string;
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * ExamTimeOut
         * @description A time to which an examination can be moved.
         */
        ExamTimeOut: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /** Campus Code */
            campus_code: string;
        };
        /**
         * MoveIn
         * @description The new time, as it was offered.
         */
        MoveIn: {
            /**
             * Device Id
             * Format: uuid
             */
            device_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * CancelExamIn
         * @description Why the time is given back; may be empty.
         */
        CancelExamIn: {
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * ClinicianSex
         * @description Whom the patient prefers to be seen by.
         * @enum {string}
         */
        ClinicianSex: "ANY" | "FEMALE" | "MALE";
        /**
         * Diet
         * @description What the patient eats.
         * @enum {string}
         */
        Diet: "ANY" | "HALAL" | "KOSHER" | "VEGETARIAN" | "VEGAN";
        /**
         * Mobility
         * @description How the patient gets about.
         * @enum {string}
         */
        Mobility: "WALKS" | "AID" | "WHEELCHAIR" | "STRETCHER";
        /**
         * PreferencesIn
         * @description How somebody wants to be cared for; every desk sees it.
         */
        PreferencesIn: {
            /** @default ANY */
            diet: components["schemas"]["Diet"];
            /** @default WALKS */
            mobility: components["schemas"]["Mobility"];
            /** @default ANY */
            clinician_sex: components["schemas"]["ClinicianSex"];
            /**
             * Is Name Private
             * @default false
             */
            is_name_private: boolean;
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * AssistanceOut
         * @description A request. `state` is REQUESTED, ARRANGED, DONE, DECLINED or CANCELLED; `may_cancel` while it is open.
         */
        AssistanceOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** State */
            state: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Language */
            language: string;
            /** From Place */
            from_place: string;
            /** To Place */
            to_place: string;
            /** Note */
            note: string;
            interpreter: components["schemas"]["Text"] | null;
            arrangement: components["schemas"]["Text"];
            end_reason: components["schemas"]["Text"];
            /** May Cancel */
            may_cancel: boolean;
        };
        /**
         * BookingAssistanceOut
         * @description What can be asked for a booking, and what was.
         */
        BookingAssistanceOut: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
            /** Languages */
            languages: components["schemas"]["LanguageOut"][];
            /** Own Language */
            own_language: string;
            /** Requests */
            requests: components["schemas"]["AssistanceOut"][];
        };
        /**
         * LanguageOut
         * @description A language that somebody interprets. `fees` by the hour, in CNY; none: free of charge.
         */
        LanguageOut: {
            /** Code */
            code: string;
            /** Fees */
            fees: components["schemas"]["PriceOut"][];
        };
        /**
         * AssistanceIn
         * @description What is asked for. `hours` for an interpreter; `starts_at` and `from_place` for transport.
         */
        AssistanceIn: {
            kind: components["schemas"]["AssistanceKind"];
            /**
             * Language
             * @default
             */
            language: string;
            /**
             * Hours
             * @default 2
             */
            hours: number;
            /** Starts At */
            starts_at?: string | null;
            /**
             * From Place
             * @default
             */
            from_place: string;
            /**
             * To Place
             * @default
             */
            to_place: string;
            /**
             * Note
             * @default
             */
            note: string;
            /** Idempotency Key */
            idempotency_key: string;
        };
        /**
         * AssistanceKind
         * @description What a patient may ask for.
         * @enum {string}
         */
        AssistanceKind: "INTERPRETER" | "TRANSPORT" | "WHEELCHAIR" | "ESCORT";
        /**
         * InboxMessageOut
         * @description A message. `kind` is booked, changed, cancelled, called, bill, paid, refunded, report, report_held, exam_booked,
         *     exam_moved, exam_canceled, exam_called, exam_reminder, announcement, answer, assistance or request; it leads to
         *     `target_kind`: visit, bill, bills, receipt, report, examination, announcement, enquiry, help, person, claim or
         *     correction.
         */
        InboxMessageOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            title: components["schemas"]["Text"];
            body: components["schemas"]["Text"];
            /** Person Id */
            person_id: string | null;
            /** Target Kind */
            target_kind: string;
            /** Target Id */
            target_id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Read At */
            read_at: string | null;
        };
        /**
         * InboxOut
         * @description A page of messages, newest first; `next_before` asks for the older ones, null at the end.
         */
        InboxOut: {
            /** Unread */
            unread: number;
            /** Messages */
            messages: components["schemas"]["InboxMessageOut"][];
            /** Next Before */
            next_before: string | null;
        };
        /**
         * EnquiryOut
         * @description An enquiry. `state` is RECEIVED, ANSWERING, ANSWERED or CLOSED; `pictures` are ids.
         */
        EnquiryOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** Topic */
            topic: string;
            /** Text */
            text: string;
            /** State */
            state: string;
            /** Stars */
            stars: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Pictures */
            pictures: string[];
            /** Replies */
            replies: components["schemas"]["ReplyOut"][];
        };
        /**
         * ReplyOut
         * @description A message of the thread; `author` is empty for the patient's own.
         */
        ReplyOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is From Staff */
            is_from_staff: boolean;
            author: components["schemas"]["Text"];
            /** Text */
            text: string;
            /**
             * Written At
             * Format: date-time
             */
            written_at: string;
        };
        /**
         * EnquiryIn
         * @description What somebody writes. `idempotency_key`: the same one opens one enquiry.
         */
        EnquiryIn: {
            topic: components["schemas"]["EnquiryTopic"];
            /** Text */
            text: string;
            /** Idempotency Key */
            idempotency_key: string;
        };
        /**
         * EnquiryTopic
         * @description What an enquiry is about.
         * @enum {string}
         */
        EnquiryTopic: "VISIT" | "BOOKING" | "BILL" | "REPORT" | "APP" | "PRAISE" | "COMPLAINT" | "OTHER";
        /**
         * ReplyIn
         * @description Something to add.
         */
        ReplyIn: {
            /** Text */
            text: string;
            /** Idempotency Key */
            idempotency_key: string;
        };
        /**
         * StarsIn
         * @description How good the answer was.
         */
        StarsIn: {
            /** Stars */
            stars: number;
        };
        /**
         * PayerOut
         * @description The patient of a bill, named as on the document.
         */
        PayerOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Family Name */
            family_name: string;
            /** Given Names */
            given_names: string;
            /** Chinese Name */
            chinese_name: string;
        };
        /**
         * UnpaidBillOut
         * @description What one of my people has to pay at one campus, in the list.
         */
        UnpaidBillOut: {
            person: components["schemas"]["PayerOut"];
            /** Campus Code */
            campus_code: string;
            campus_name: components["schemas"]["Text"];
            /** Payable */
            payable: string;
            /** Lines */
            lines: number;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Is Being Paid */
            is_being_paid: boolean;
        };
        /**
         * LineOut
         * @description One charged line. `surcharge_mark` reads "+30 %"; `why` says in both languages how the price came about.
         *
         *     Lines of one campus are paid together.
         */
        LineOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Campus Code */
            campus_code: string;
            /** Kind */
            kind: string;
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
            specification: components["schemas"]["Text"];
            unit: components["schemas"]["Text"];
            /** Quantity */
            quantity: string;
            /** Standard Price */
            standard_price: string;
            /** Surcharge Mark */
            surcharge_mark: string;
            /** Charged Price */
            charged_price: string;
            /** Base */
            base: string;
            /** Surcharge */
            surcharge: string;
            /** Amount */
            amount: string;
            /** State */
            state: string;
            /** Is Being Paid */
            is_being_paid: boolean;
            why: components["schemas"]["Text"];
        };
        /**
         * MeansOut
         * @description How a bill is paid. `code`: `card` with what is kept of it, `wechat_jsapi` (inside the mini program), `wechat`
         *     and `alipay` (a payment code at a window), `cash`, or `partner`.
         */
        MeansOut: {
            /** Code */
            code: string;
            /** Card Brand */
            card_brand: string;
            /** Card Last4 */
            card_last4: string;
        };
        /**
         * OpenBillOut
         * @description What a person still has to pay. `payment` is one under way, to be resumed.
         *
         *     `payable` is the sum of all lines; those of `is_being_paid` belong to the payment.
         */
        OpenBillOut: {
            person: components["schemas"]["PayerOut"];
            /** Lines */
            lines: components["schemas"]["LineOut"][];
            /** Payable */
            payable: string;
            payment: components["schemas"]["PaymentOut"] | null;
        };
        /**
         * PaymentOut
         * @description A payment as the server knows it.
         *
         *     `state`: CREATED and PAYING wait for the payer; UNKNOWN waits for the acquirer's answer, money may have moved; PAID;
         *     FAILED and CLOSED took no money; PART_REFUNDED and REFUNDED went back. `returning` is money on its way back.
         *     While it may be paid: `checkout_url` of a card payment, `wechat` of one inside WeChat, until `expires_at`.
         */
        PaymentOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** State */
            state: string;
            /** Person Id */
            person_id: string | null;
            /** Bill Id */
            bill_id: string | null;
            /** Amount */
            amount: string;
            /** Paid */
            paid: string;
            /** Refunded */
            refunded: string;
            /** Returning */
            returning: string;
            means: components["schemas"]["MeansOut"];
            /** Checkout Url */
            checkout_url: string;
            wechat: components["schemas"]["WechatCallOut"] | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Server Now
             * Format: date-time
             */
            server_now: string;
            /** Card Brand */
            card_brand: string;
            /** Card Last4 */
            card_last4: string;
        };
        /**
         * WechatCallOut
         * @description The signed parameters of `wx.requestPayment`, named as it wants them; `app_id` is what they were signed for.
         */
        WechatCallOut: {
            /** Appid */
            appId: string;
            /** Timestamp */
            timeStamp: string;
            /** Noncestr */
            nonceStr: string;
            /** Package */
            package: string;
            /** Signtype */
            signType: string;
            /** Paysign */
            paySign: string;
        };
        /**
         * NoticeRowOut
         * @description One line of a notice: what, and what is said about it ("+30 %").
         */
        NoticeRowOut: {
            what: components["schemas"]["Text"];
            said: components["schemas"]["Text"];
        };
        /**
         * PriceChangeOut
         * @description A line that costs something else than when it was last shown, in CNY.
         */
        PriceChangeOut: {
            /**
             * Charge Id
             * Format: uuid
             */
            charge_id: string;
            name: components["schemas"]["Text"];
            /** Old Amount */
            old_amount: string;
            /** New Amount */
            new_amount: string;
        };
        /**
         * PriceNoticeOut
         * @description What is told of a service before its first surcharge is paid. `body` has headings and paragraphs.
         */
        PriceNoticeOut: {
            /** Service Line */
            service_line: string;
            /** Campus Code */
            campus_code: string;
            /** Version */
            version: number;
            /** Hash */
            hash: string;
            title: components["schemas"]["Text"];
            summary: components["schemas"]["Text"];
            service: components["schemas"]["Text"];
            /** Rates */
            rates: components["schemas"]["NoticeRowOut"][];
            /** Exempt */
            exempt: components["schemas"]["Text"][];
            /** Payers */
            payers: components["schemas"]["NoticeRowOut"][];
            body: components["schemas"]["Text"];
        };
        /**
         * QuoteOut
         * @description May be paid with `token` until `expires_at`; `server_now` is what the clock of the countdown starts from.
         *
         *     `price_notices` is not empty where the payer has to read and accept something first.
         */
        QuoteOut: {
            /** Token */
            token: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Server Now
             * Format: date-time
             */
            server_now: string;
            /** Currency */
            currency: string;
            person: components["schemas"]["PayerOut"];
            campus_name: components["schemas"]["Text"];
            /** Lines */
            lines: components["schemas"]["LineOut"][];
            totals: components["schemas"]["TotalsOut"];
            /** Shares */
            shares: components["schemas"]["ShareOut"][];
            /** Changes */
            changes: components["schemas"]["PriceChangeOut"][];
            /** Price Notices */
            price_notices: components["schemas"]["PriceNoticeOut"][];
        };
        /**
         * ShareOut
         * @description A link to a report. `is_own` is false where another account made it that also reads these reports.
         *
         *     `opened` counts every look, `openings` holds the newest 20.
         */
        ShareOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Withdrawn At */
            withdrawn_at: string | null;
            /** Is Working */
            is_working: boolean;
            /** Is Own */
            is_own: boolean;
            /** Opened */
            opened: number;
            /** Openings */
            openings: components["schemas"]["ShareOpeningOut"][];
        };
        /**
         * TotalsOut
         * @description Sums of the lines, in CNY.
         */
        TotalsOut: {
            /** Base */
            base: string;
            /** Surcharge */
            surcharge: string;
            /** Total */
            total: string;
            /** Payable */
            payable: string;
        };
        /**
         * QuoteIn
         * @description The lines to pay together.
         */
        QuoteIn: {
            /** Charge Ids */
            charge_ids: string[];
        };
        /**
         * PayOut
         * @description By card: send the payer to `payment.checkout_url`. By WeChat: call `wx.requestPayment` with `payment.wechat`.
         *
         *     Card numbers never reach this server. A bill of 0.00 is settled at once, without a payment.
         */
        PayOut: {
            /**
             * Settlement Id
             * Format: uuid
             */
            settlement_id: string;
            payment: components["schemas"]["PaymentOut"] | null;
        };
        /**
         * PayIn
         * @description Starts a payment. The same key again returns the same payment.
         *
         *     `means`: `card` sends the payer to the acquirer's page; `wechat_jsapi` pays inside the mini program, as the WeChat
         *     user that is signed in. From the acquirer's page the payer comes back to a page of the server, or to the `app`.
         */
        PayIn: {
            /** Quote Token */
            quote_token: string;
            /** Idempotency Key */
            idempotency_key: string;
            /**
             * Means
             * @default card
             * @enum {string}
             */
            means: "card" | "wechat_jsapi";
            /**
             * Returns To
             * @default page
             * @enum {string}
             */
            returns_to: "page" | "app";
        };
        /**
         * PriceAcceptanceOut
         * @description That a notice was accepted.
         */
        PriceAcceptanceOut: {
            /** Service Line */
            service_line: string;
            /** Version */
            version: number;
            /**
             * Accepted At
             * Format: date-time
             */
            accepted_at: string;
        };
        /**
         * PriceAcceptanceIn
         * @description The notice that was read: its `hash`, and the language in which it was shown.
         */
        PriceAcceptanceIn: {
            /**
             * Service Line
             * @enum {string}
             */
            service_line: "INTL" | "SPECIAL";
            /** Campus Code */
            campus_code: string;
            /** Hash */
            hash: string;
            /**
             * Language
             * @enum {string}
             */
            language: "zh-hans" | "zh-hant" | "en";
        };
        /**
         * PaidBillOut
         * @description A paid bill in the list. `titles` are the names of its first lines, `more` how many there are beside them.
         */
        PaidBillOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            person: components["schemas"]["PayerOut"];
            campus_name: components["schemas"]["Text"];
            /** Amount */
            amount: string;
            /** Refunded */
            refunded: string;
            /** Paid At */
            paid_at: string | null;
            /** Payment Id */
            payment_id: string | null;
            means: components["schemas"]["MeansOut"] | null;
            /** Titles */
            titles: components["schemas"]["Text"][];
            /** More */
            more: number;
        };
        /**
         * FiscalReceiptOut
         * @description A fiscal receipt (医疗收费票据) of a bill.
         *
         *     `kind`: BLUE tells what was paid, RED takes a blue one back. `state`: WAITING until the finance authority has
         *     numbered it, IN_FORCE, REVERSED, or ISSUED for a red one. `paper_number`: the paper that counts instead of it.
         */
        FiscalReceiptOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "BLUE" | "RED";
            /**
             * State
             * @enum {string}
             */
            state: "WAITING" | "IN_FORCE" | "REVERSED" | "ISSUED";
            /** Amount */
            amount: string;
            /** Batch */
            batch: string;
            /** Number */
            number: string;
            /** Check Code */
            check_code: string;
            /** Issued At */
            issued_at: string | null;
            /** Paper Number */
            paper_number: string;
        };
        /**
         * PaidBillDetail
         * @description A paid bill with its lines, its refunds and its fiscal receipts, the oldest receipt first.
         *
         *     `all_means`: every way in which it was paid. They make `amount` and `cash_rounding`, the latter of a part in cash.
         */
        PaidBillDetail: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            person: components["schemas"]["PayerOut"];
            campus_name: components["schemas"]["Text"];
            /** Amount */
            amount: string;
            /** Refunded */
            refunded: string;
            /** Paid At */
            paid_at: string | null;
            /** Payment Id */
            payment_id: string | null;
            means: components["schemas"]["MeansOut"] | null;
            /** Titles */
            titles: components["schemas"]["Text"][];
            /** More */
            more: number;
            /** All Means */
            all_means: components["schemas"]["MeansOut"][];
            /** Cash Rounding */
            cash_rounding: string;
            /** Lines */
            lines: components["schemas"]["LineOut"][];
            totals: components["schemas"]["TotalsOut"];
            /** Refunds */
            refunds: components["schemas"]["RefundOut"][];
            /** Receipts */
            receipts: components["schemas"]["FiscalReceiptOut"][];
        };
        /**
         * RefundOut
         * @description Money of a bill that goes back. `state`: REQUESTED, SENT (on its way), COMPLETED or FAILED.
         */
        RefundOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** Amount */
            amount: string;
            /** State */
            state: string;
            reason: components["schemas"]["Text"];
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Ended At */
            ended_at: string | null;
        };
        /**
         * PatientReportKind
         * @description What a patient's list of reports holds.
         * @enum {string}
         */
        PatientReportKind: "LAB" | "EXAM";
        /**
         * PatientReportOut
         * @description A report in the list. `kind` LAB or EXAM; `state` OPEN, CLOSED (the doctor speaks with the patient first) or
         *     PENDING (not final yet). `flagged` counts values outside their range, null where nothing may be told.
         *
         *     `version` above 1: amended. `is_taken`: the sample was taken or the examination done; before, `collected_at` is the
         *     instant of the order.
         */
        PatientReportOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** State */
            state: string;
            /** Number */
            number: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Names */
            names: components["schemas"]["Text"][];
            /**
             * Collected At
             * Format: date-time
             */
            collected_at: string;
            /** Reported At */
            reported_at: string | null;
            /** Flagged */
            flagged: number | null;
            /** Version */
            version: number;
            /** Is Taken */
            is_taken: boolean;
            doctor: components["schemas"]["Text"];
            campus: components["schemas"]["Text"];
        };
        /**
         * PatientReportsOut
         * @description A page of reports, newest first; `next_before` asks for the older ones, null at the end.
         */
        PatientReportsOut: {
            /** Pending */
            pending: components["schemas"]["PatientReportOut"][];
            /** Reports */
            reports: components["schemas"]["PatientReportOut"][];
            /** Next Before */
            next_before: string | null;
        };
        /**
         * ClosedReportOut
         * @description A report that waits for the doctor: no value, no flag, no text of it.
         */
        ClosedReportOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Names */
            names: components["schemas"]["Text"][];
            /**
             * Collected At
             * Format: date-time
             */
            collected_at: string;
            doctor: components["schemas"]["Text"];
            department: components["schemas"]["Text"];
            location: components["schemas"]["Text"];
            /** Appointment Id */
            appointment_id: string | null;
            why: components["schemas"]["Text"];
            when: components["schemas"]["Text"];
        };
        /**
         * AddendumOut
         * @description What was added to a signed report, by whom and when.
         */
        AddendumOut: {
            text: components["schemas"]["Text"];
            by: components["schemas"]["Text"];
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * ExamFactOut
         * @description A field of the kind of report: a measure, the sedation, the stage.
         */
        ExamFactOut: {
            label: components["schemas"]["Text"];
            value: components["schemas"]["Text"];
        };
        /**
         * ExamKind
         * @description What sort of report it is; radiology is read by two doctors.
         * @enum {string}
         */
        ExamKind: "RADIOLOGY" | "ULTRASOUND" | "ENDOSCOPY" | "PATHOLOGY" | "ECG" | "OTHER";
        /**
         * ExamReportOut
         * @description An examination report: what was seen, and what it means. `versions`: oldest first, one alone where it was never
         *     amended. `recognition`: the mark of mutual recognition, empty where there is none.
         */
        ExamReportOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** Version */
            version: number;
            /** Is Current */
            is_current: boolean;
            /** Versions */
            versions: components["schemas"]["ReportVersionOut"][];
            /** Addenda */
            addenda: components["schemas"]["AddendumOut"][];
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            name: components["schemas"]["Text"];
            body_part: components["schemas"]["Text"];
            technique: components["schemas"]["Text"];
            findings: components["schemas"]["Text"];
            impression: components["schemas"]["Text"];
            advice: components["schemas"]["Text"];
            kind: components["schemas"]["ExamKind"];
            /** Facts */
            facts: components["schemas"]["ExamFactOut"][];
            recognition: components["schemas"]["Text"];
            /** Key Images */
            key_images: components["schemas"]["KeyImageOut"][];
            /**
             * Examined At
             * Format: date-time
             */
            examined_at: string;
            /** Signed At */
            signed_at: string | null;
            signer: components["schemas"]["Text"];
            department: components["schemas"]["Text"];
            campus: components["schemas"]["Text"];
        };
        /**
         * KeyImageOut
         * @description An image that the doctor chose for the report; its picture stands under its id.
         */
        KeyImageOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            caption: components["schemas"]["Text"];
        };
        /**
         * ReportVersionOut
         * @description One version of a report that was opened to the patient: who signed it, when, and why it came.
         *
         *     `kind` AMENDMENT (the text changed), ADDENDUM (something was added), null for the first one. `id` opens it.
         */
        ReportVersionOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Version */
            version: number;
            /** Kind */
            kind: string | null;
            /** At */
            at: string | null;
            by: components["schemas"]["Text"];
            reason: components["schemas"]["Text"];
            /** Is Current */
            is_current: boolean;
        };
        /**
         * ReportLineOut
         * @description A report in the list of one person.
         */
        ReportLineOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /** Names */
            names: components["schemas"]["Text"][];
            /**
             * Collected At
             * Format: date-time
             */
            collected_at: string;
            /**
             * Reported At
             * Format: date-time
             */
            reported_at: string;
            /** Flagged */
            flagged: number;
        };
        /**
         * ReportOut
         * @description A laboratory report. `versions`: oldest first, one alone where it was never amended.
         */
        ReportOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Appointment Id */
            appointment_id: string | null;
            doctor: components["schemas"]["Text"];
            department: components["schemas"]["Text"];
            campus: components["schemas"]["Text"];
            /** Number */
            number: string;
            /** Version */
            version: number;
            /** Is Current */
            is_current: boolean;
            /** Versions */
            versions: components["schemas"]["ReportVersionOut"][];
            specimen: components["schemas"]["Text"];
            /**
             * Collected At
             * Format: date-time
             */
            collected_at: string;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Tested At */
            tested_at: string | null;
            /** Reported At */
            reported_at: string | null;
            tester: components["schemas"]["Text"];
            verifier: components["schemas"]["Text"];
            comment: components["schemas"]["Text"];
            /** Values */
            values: components["schemas"]["ValueOut"][];
        };
        /**
         * TrendPointOut
         * @description One value of a line over time; `number` is decimal text, null where the value is no plain number.
         */
        TrendPointOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            value: components["schemas"]["Text"];
            /** Number */
            number: string | null;
            /** Flag */
            flag: string;
        };
        /**
         * ValueOut
         * @description One value. `flag` is N, H, L, HH, LL or A; `flag_text` says it in words; `place` is 0–100 on the range bar.
         *
         *     `low` and `high` are the range as decimal text. `trend` ends with this value; `direction` UP, DOWN or SAME compares
         *     it with the one before: arithmetic only. `second` is the same value in `second_unit`, empty where there is none;
         *     `about` says in plain words what is measured, empty where nothing is written; `recognition` is the mark of mutual
         *     recognition, empty where there is none.
         */
        ValueOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
            group: components["schemas"]["Text"];
            value: components["schemas"]["Text"];
            /** Unit */
            unit: string;
            /** Second */
            second: string;
            /** Second Unit */
            second_unit: string;
            about: components["schemas"]["Text"];
            recognition: components["schemas"]["Text"];
            reference: components["schemas"]["Text"];
            /** Flag */
            flag: string;
            flag_text: components["schemas"]["Text"];
            /** Place */
            place: number | null;
            earlier: components["schemas"]["Text"] | null;
            /** Earlier At */
            earlier_at: string | null;
            /** Low */
            low: string | null;
            /** High */
            high: string | null;
            /** Trend */
            trend: components["schemas"]["TrendPointOut"][];
            /** Direction */
            direction: string | null;
        };
        /**
         * NewShareOut
         * @description A new link. `address` is told this once: afterwards nobody can read it again.
         */
        NewShareOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Address */
            address: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /**
         * ShareIn
         * @description Which report, and for how many days the link works.
         */
        ShareIn: {
            kind: components["schemas"]["PatientReportKind"];
            /**
             * Report Id
             * Format: uuid
             */
            report_id: string;
            /**
             * Days
             * @enum {integer}
             */
            days: 1 | 7 | 30;
        };
        /**
         * ShareOpeningOut
         * @description One look by a link: the page, or the paper. `network` is an address without its last part, empty if unknown.
         */
        ShareOpeningOut: {
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Is Paper */
            is_paper: boolean;
            device: components["schemas"]["Text"];
            /** Network */
            network: string;
        };
        /**
         * ExamImagesOut
         * @description The images beside a report. `is_away`: the archive does not answer; the report is complete without them.
         */
        ExamImagesOut: {
            /** Is Away */
            is_away: boolean;
            /** Series */
            series: components["schemas"]["ImageSeriesOut"][];
        };
        /**
         * ImageSeriesOut
         * @description Images that were taken in one go. `frames`: the places of what can be shown, for their addresses; `can_window`:
         *     gray values may be asked for as LUNG, SOFT, BONE or BRAIN.
         */
        ImageSeriesOut: {
            /** Description */
            description: string;
            /** Modality */
            modality: string;
            /** Can Window */
            can_window: boolean;
            /** Frames */
            frames: string[];
        };
        /**
         * ImageWindow
         * @description Which gray values of a CT are shown.
         * @enum {string}
         */
        ImageWindow: "LUNG" | "SOFT" | "BONE" | "BRAIN";
        /**
         * Problem
         * @description RFC 9457 problem document. `facts` are the values that the text names, for machines.
         */
        Problem: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /**
             * Facts
             * @default null
             */
            facts: {
                [key: string]: unknown;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_consents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_my_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is agreed to, each by itself (PIPL: separate consent; domain brief 10). */
                purpose: "PRIVACY" | "CHILD" | "CROSS_BORDER" | "INSURER" | "MARKETING" | "PRICE";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_my_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is agreed to, each by itself (PIPL: separate consent; domain brief 10). */
                purpose: "PRIVACY" | "CHILD" | "CROSS_BORDER" | "INSURER" | "MARKETING" | "PRICE";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_my_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountContactIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_contact_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_my_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "email" | "phone";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_corrections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_my_correction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectionIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_data_copies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataCopyOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_my_data_copy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataCopyOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_my_data_copy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                copy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadLinkOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_my_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeletionIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_deletion_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_choices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoiceShape"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChoicesIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChoiceShape"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connect_wechat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WechatIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnect_wechat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_appointments: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold_place: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    slot_id: number;
                    /** Format: uuid */
                    person_id: string;
                };
            };
        };
        responses: {
            /** @description Held */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        appointment_id: string;
                        /** @constant */
                        state: "HELD";
                        /** Format: date-time */
                        held_until: string;
                        /** Format: date-time */
                        read_at: string;
                    };
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_my_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAppointmentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_help: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingAssistanceOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_for_help: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssistanceIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistanceOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegistrationTypeIn"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAppointmentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_change_terms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeTermsOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_journey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JourneyOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_my_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold_for_another: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldForIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_rating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_rating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatingIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_rebooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebookingOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rebook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RebookIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebookedOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_articles: {
        parameters: {
            query: {
                kind: "announcement" | "guide" | "help";
                campus?: string;
                audience?: "" | "everyone" | "overseas" | "families";
                q?: string;
                page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticlePage"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "announcement" | "guide" | "help";
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_help: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistanceOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_unpaid_bills: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnpaidBillOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_receipts: {
        parameters: {
            query?: {
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaidBillOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pay_quote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quote_lines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_paid_bill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                settlement_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaidBillDetail"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_statement: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                settlement_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_free_days: {
        parameters: {
            query?: {
                q?: string;
                doctor?: string;
                department?: string;
                specialty?: string;
                campus?: string;
                language?: string;
                title?: string;
                sex?: string;
                part?: string;
                clinic?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        day: string;
                        sessions: number;
                        free: number;
                        /** Format: date-time */
                        opens_at: string | null;
                    }[];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_doctors: {
        parameters: {
            query?: {
                q?: string;
                doctor?: string | null;
                department?: string | null;
                specialty?: string;
                campus?: string;
                language?: string;
                title?: string;
                sex?: "" | "M" | "F";
                part?: "" | "AM" | "PM" | "EVENING";
                clinic?: boolean;
                day?: string | null;
                sort?: "" | "match" | "soonest" | "senior" | "price" | "distance";
                near?: string;
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffersOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_doctor_places: {
        parameters: {
            query: {
                day: string;
                clinic?: boolean;
            };
            header?: never;
            path: {
                doctor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions with all their places, taken ones too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        session_id: string;
                        part: string;
                        service_type: string;
                        service_line: string;
                        campus_code: string;
                        /** Format: date-time */
                        starts_at: string;
                        /** Format: date-time */
                        ends_at: string;
                        places: {
                            id: number;
                            number: number;
                            /** Format: date-time */
                            starts_at: string;
                            /** Format: date-time */
                            ends_at: string;
                            free: number;
                            /** Format: date-time */
                            opens_at: string | null;
                            is_past: boolean;
                        }[];
                    }[];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_doctor_sessions: {
        parameters: {
            query: {
                day: string;
                clinic?: boolean;
            };
            header?: never;
            path: {
                doctor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferSessionOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_symptoms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_campuses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampusOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_campus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampusPage"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_arrivals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArrivalOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_in_with_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedInOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_in_here: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HereIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedInOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_departments: {
        parameters: {
            query?: {
                campus?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentPage"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_doctors: {
        parameters: {
            query?: {
                campus?: string;
                department?: string | null;
                specialty?: string;
                language?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_doctor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                doctor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_doctor_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                doctor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorPage"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_typed_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentCheckIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentCheckOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_code_line: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeLineIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeLineOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_document_countries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountryOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_enquiries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnquiryIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_enquiry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enquiry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enquiry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * File
                     * Format: binary
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enquiry_id: string;
                picture_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enquiry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StarsIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                enquiry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_exam_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamReportOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_exam_images: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamImagesOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_my_exam_image: {
        parameters: {
            query?: {
                window?: components["schemas"]["ImageWindow"] | null;
            };
            header?: never;
            path: {
                report_id: string;
                place: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_my_key_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_my_exam_report: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_exam_booking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamBookingOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_exam_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examination */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_examination: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelExamIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamBookingOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_examination: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamBookingOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_exam_times: {
        parameters: {
            query?: {
                day?: string | null;
            };
            header?: never;
            path: {
                booking_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamTimeOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_hospital: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_inbox: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_all_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxMessageOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_message_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It changed, or the caller named no version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        unread: number;
                        /** @description Server-sent events that tell of changes at once; empty: ask */
                        watch: string;
                    };
                };
            };
            /** @description Nothing changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_medical_documents: {
        parameters: {
            query?: {
                person_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MedicalDocumentOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_my_medical_document: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                clinical_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_my_appointments: {
        parameters: {
            query?: {
                when?: "coming" | "past";
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAppointmentsOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_next_step: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextStepAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_texts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_text: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is agreed to, each by itself (PIPL: separate consent; domain brief 10). */
                purpose: "PRIVACY" | "CHILD" | "CROSS_BORDER" | "INSURER" | "MARKETING" | "PRICE";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_payment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_payment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_my_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonCreated"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_claims: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_for_record: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_my_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_for_claim_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClaimCodeRequest"] | null;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_claim_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimCodeIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_my_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_my_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_open_bill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenBillOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_paid_bills: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaidBillOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_person_first: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_my_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentAdded"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningsOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_my_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_document_first: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_examinations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderedExamsOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    book_examinations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamBookingOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_examinations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_holders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolderOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_my_holder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                holder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_my_insurance_card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InsuranceCardIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_my_insurance_card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                card_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_my_insurance_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                card_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_insurance_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
                card_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * File
                     * Format: binary
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesIn"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesIn"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_notice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceAcceptanceIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceAcceptanceOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_proof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * File
                     * Format: binary
                     */
                    file: string;
                    /**
                     * ProofKind
                     * @description What a proof shows.
                     * @enum {string}
                     */
                    kind: "DOCUMENT" | "RELATION" | "AGREEMENT";
                    /** Document Id */
                    document_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_reports: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportLineOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_period: {
        parameters: {
            query?: {
                first_on?: string | null;
                last_on?: string | null;
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                picture_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_copy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                receipt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_sheet: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                receipt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_notice: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                refund_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_report_share: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewShareOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_report_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reports_of_my_people: {
        parameters: {
            query?: {
                person_id?: string | null;
                kind?: components["schemas"]["PatientReportKind"] | null;
                before?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientReportsOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_closed_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosedReportOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_my_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_my_report: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_links_to_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_sessions: {
        parameters: {
            query?: {
                doctor?: string | null;
                department?: string | null;
                campus?: string;
                first?: string | null;
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_places: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Places in order; none for an unknown or stopped session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        number: number;
                        /** Format: date-time */
                        starts_at: string;
                        /** Format: date-time */
                        ends_at: string;
                        free: number;
                        /** Format: date-time */
                        opens_at: string | null;
                    }[];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_by_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordSignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_by_wechat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WechatSignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInAnswer"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_visit: {
        parameters: {
            query?: {
                language?: "zh" | "en" | "both";
            };
            header?: never;
            path: {
                encounter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_my_waitlist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitOut"][];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_waitlist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitOut"];
                };
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_waitlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused or not possible; `code` says why and stays the same, `detail` is for people */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
