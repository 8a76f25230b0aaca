"""What happens in agile work: verbs, each in one transaction with its entry in the register."""

from pola.operations.agreement_life import (
    grant_exemption,
    suspend_agreement,
    withdraw_from_agreement,
)
from pola.operations.agreement_terms import begin_renewals, expire_agreements
from pola.operations.agreements import (
    accept_agreement,
    give_back_agreement,
    offer_agreement,
    write_terms,
)
from pola.operations.dropping import drop_agreement
from pola.operations.interests import (
    assess_interest,
    check_eligibility,
    save_draft,
    send_interest,
    withdraw_interest,
)
from pola.operations.moving import change_unit
from pola.operations.renewing import ask_renewal, renew_agreement
from pola.operations.succession import pass_to_posts

__all__ = [
    "accept_agreement",
    "ask_renewal",
    "assess_interest",
    "begin_renewals",
    "change_unit",
    "check_eligibility",
    "drop_agreement",
    "expire_agreements",
    "give_back_agreement",
    "grant_exemption",
    "offer_agreement",
    "pass_to_posts",
    "renew_agreement",
    "save_draft",
    "send_interest",
    "suspend_agreement",
    "withdraw_from_agreement",
    "withdraw_interest",
    "write_terms",
]
