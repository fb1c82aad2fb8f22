"""How the recorded press writes: headline templates by kind of story and tone, and the words that fill them."""

from __future__ import annotations

from typing import Literal

Tone = Literal["good", "plain", "bad"]
Templates = dict[Tone, tuple[str, ...]]

EARNINGS: Templates = {
    "good": (
        "{brand} tops {quarter} estimates as {product} demand holds up",
        "{brand} beats on {quarter} revenue and earnings, lifts its outlook",
        "{owner} {quarter} profit rises {percent}%, ahead of forecasts",
        "{brand} posts record {quarter} sales on strength in {product}",
    ),
    "plain": (
        "{brand} {quarter} results land in line with estimates",
        "{brand} reports {quarter} earnings: five takeaways",
        "{brand} keeps its full-year forecast after mixed {quarter} numbers",
        "What {brand} told investors on its {quarter} call",
    ),
    "bad": (
        "{brand} misses {quarter} estimates as {product} sales slow",
        "{brand} cuts its full-year outlook after a soft {quarter}",
        "{owner} {quarter} profit falls {percent}%, short of forecasts",
        "{brand} disappoints on {quarter} revenue, margins narrow",
    ),
}

# Written after the close only, when the move is known.
MOVES: Templates = {
    "good": (
        "{brand} shares close {move}% higher on heavy volume",
        "Why {brand} stock climbed {move}% today",
        "{brand} jumps {move}%, among the day's biggest gainers",
    ),
    "plain": (
        "{brand} shares end the day little changed at ${price}",
        "{brand} stock drifts to ${price} as traders wait for the next catalyst",
    ),
    "bad": (
        "{brand} shares close {move}% lower on heavy volume",
        "Why {brand} stock fell {move}% today",
        "{brand} slides {move}%, among the day's biggest decliners",
    ),
}

KINDS: dict[str, Templates] = {
    "analyst": {
        "good": (
            "{firm} upgrades {brand} to buy, citing {product}",
            "{firm} raises its {brand} price target by {percent}%",
            "{brand} named a top pick at {firm} on the outlook for {product}",
            "{firm} initiates {brand} at outperform, sees {product} growing {percent}%",
            "Analysts warm to {brand} as momentum for {product} builds in {region}",
        ),
        "plain": (
            "{firm} reiterates neutral on {brand}, watching {product} in {region}",
            "{firm} starts {brand} at market perform, {percent}% upside seen",
            "{brand}: what {firm} expects from {product} next year",
            "Analysts split on {brand} ahead of {quarter} as {product} divides {region}",
        ),
        "bad": (
            "{firm} downgrades {brand} to sell on worries about {product}",
            "{firm} trims its {brand} price target by {percent}%",
            "{brand} loses its top-pick status at {firm} over {product}",
            "Analysts grow cautious on {brand} as demand for {product} cools in {region}",
            "{firm}: expectations for {brand} look {percent}% too high",
        ),
    },
    "product": {
        "good": (
            "{brand} unveils new {product} in {region}, orders come in strong",
            "{brand} wins early praise for {product} in {region}",
            "Demand for {product} at {brand} outpaces supply in {region}",
            "{brand} expands {product} to {region} ahead of plan",
            "{brand} says {product} grew {percent}% in {region}",
        ),
        "plain": (
            "{brand} to present its plans for {product} in {region} next month",
            "{brand} updates {product} in {region}",
            "{brand} tests {product} with a small group of customers in {region}",
            "A closer look at how {brand} sells {product} in {region}",
        ),
        "bad": (
            "{brand} delays the start of {product} in {region}",
            "{brand} scales back {product} in {region} by {percent}%",
            "{brand} loses ground to rivals in {product} in {region}",
            "{brand} pauses expansion of {product} as demand in {region} weakens",
        ),
    },
    "deals": {
        "good": (
            "{brand} wins a ${amount} million contract in {region}",
            "{brand} signs a partnership on {product} worth ${amount} million",
            "{brand} to buy back ${amount} million of its shares",
            "{brand} raises its dividend by {percent}% on the back of {product}",
        ),
        "plain": (
            "{brand} in talks over its business with {product} in {region}, people familiar say",
            "{brand} completes a ${amount} million bond sale",
            "{brand} reviews options for its operations in {region}, {product} included",
            "{brand} takes a {percent}% stake in a specialist for {product} in {region}",
        ),
        "bad": (
            "{brand} loses a ${amount} million contract in {region}",
            "{brand} walks away from talks on {product} in {region}",
            "{brand} cuts its share buyback by ${amount} million",
            "{brand} writes down ${amount} million on {product} in {region}",
        ),
    },
    "regulation": {
        "good": (
            "Regulators in {region} clear {brand} plans for {product}",
            "{brand} settles its dispute in {region} for ${amount} million, less than feared",
            "Court in {region} sides with {brand} over {product}",
            "Limits on {product} in {region} fall away, a relief for {brand}",
        ),
        "plain": (
            "{brand} answers questions of regulators in {region} on {product}",
            "Lawmakers in {region} to hear {brand} on {product}",
            "New rules on {product} in {region}: what they mean for {brand}",
            "{firm}: how {brand} may adapt to new rules in {region}",
        ),
        "bad": (
            "Regulators in {region} review {product} at {brand}",
            "{brand} faces a ${amount} million penalty in {region}",
            "{brand} hit by new limits on {product} in {region}",
            "{brand} sets aside ${amount} million for a dispute in {region}",
        ),
    },
    "operations": {
        "good": (
            "{brand} speeds up ${amount} million of cost savings, margins seen higher",
            "{brand} adds capacity for {product} in {region}",
            "Suppliers to {brand} in {region} report rising orders for {product}",
            "{owner} costs for {product} fall {percent}% in {region}",
        ),
        "plain": (
            "{brand} names new head of {product} in {region}",
            "{brand} reorganises {product} in {region}",
            "{brand} to hold investor day on {product} in {region}",
            "Inside {owner} ${amount} million bet on {product}",
        ),
        "bad": (
            "{brand} warns of {percent}% higher costs for {product}",
            "{brand} plans job cuts in {region} to save ${amount} million",
            "Supply problems in {region} hold back {product} at {brand}",
            "{brand} outage leaves customers in {region} waiting for {product}",
        ),
    },
}

CONTEXT: dict[str, str] = {
    "analyst": "The note looks at {product} and at what {brand} may earn from it.",
    "deals": "The company did not comment on the terms.",
    "earnings": "Results and outlook turned on {product}, and on costs in {region}.",
    "moves": "Trading in {brand} was watched closely through the close.",
    "operations": "The change touches the {product} business and teams in {region}.",
    "product": "The step concerns {product} and reaches customers in {region} first.",
    "regulation": "The matter concerns {product} in {region}.",
    "sector": "Attention turned to {product} across the sector.",
}
"""The first sentence of a description, by kind of story."""

SECTOR: Templates = {
    "good": (
        "{Sector} stocks climb, {brands} lead",
        "{brands} rise as investors return to {sector} shares",
        "{Sector} rally broadens: {brands} in focus",
    ),
    "plain": (
        "{Sector} week ahead: what to watch at {brands}",
        "{brands} compared: how {sector} names spend on {product}",
        "{Sector} stocks mixed, {brands} active",
    ),
    "bad": (
        "{Sector} stocks slide, {brands} among the losers",
        "{brands} fall as investors leave {sector} shares",
        "Worries over {product} weigh on {brands}",
    ),
}

FIRMS = (
    "Alder Research", "Bramwell Partners", "Calloway & Finch", "Dunmore Capital", "Eastgate Securities", "Fenwick Hale",
    "Granite Bay Advisors", "Holloway Markets", "Ironbridge Research", "Juniper Street",
)  # fmt: skip
"""Invented, as are the publishers: nobody real is credited with a word of this."""

PUBLISHERS = (
    "Harbor Wire", "Street Ledger", "Marketline Daily", "The Closing Tape", "Meridian Business", "Northway Financial",
    "Opening Bell Review", "Ticker & Tape",
)  # fmt: skip

REGIONS = (
    "Europe",
    "India",
    "Japan",
    "Brazil",
    "the United States",
    "Canada",
    "Southeast Asia",
    "the United Kingdom",
    "Mexico",
    "Germany",
    "Texas",
)

PRODUCTS: dict[str, tuple[str, ...]] = {
    "aerospace": ("jet engines", "wide-body aircraft", "defense systems", "satellite services", "maintenance work"),
    "automotive": ("electric vehicles", "pickup trucks", "driver assistance", "battery packs", "hybrid models"),
    "banks": ("wealth management", "consumer lending", "investment banking", "deposit accounts", "trading"),
    "consumer": ("loyalty programs", "new store formats", "digital orders", "seasonal lines", "premium lines"),
    "energy": ("natural gas", "offshore drilling", "refining", "shale output", "carbon capture"),
    "health": ("obesity drugs", "cancer therapies", "vaccines", "medical devices", "generic medicines"),
    "industrials": ("construction equipment", "farm machinery", "automation", "safety products", "spare parts"),
    "insurance": ("auto policies", "property coverage", "life insurance", "reinsurance", "annuities"),
    "internet": ("advertising", "cloud services", "subscriptions", "AI assistants", "online marketplaces"),
    "materials": ("gold output", "copper output", "industrial gases", "specialty chemicals", "mining projects"),
    "media": ("streaming", "theme parks", "film releases", "sports rights", "game releases"),
    "payments": ("card spending", "digital wallets", "merchant services", "crypto trading", "cross-border payments"),
    "retail": ("online orders", "private labels", "membership plans", "same-day delivery", "holiday sales"),
    "semiconductors": ("AI accelerators", "data-center chips", "memory chips", "automotive chips", "chip equipment"),
    "staples": ("snacks", "soft drinks", "household brands", "spirits", "smoke-free products"),
    "technology": ("AI software", "cloud subscriptions", "cybersecurity", "enterprise servers", "consumer devices"),
    "telecom": ("5G plans", "fiber broadband", "wireless bundles", "business networks", "prepaid plans"),
    "transport": ("premium cabins", "parcel volumes", "rail freight", "summer routes", "logistics services"),
    "utilities": ("grid upgrades", "solar farms", "nuclear power", "rate plans", "data-center power"),
}

SECTOR_NAMES: dict[str, str] = {
    "aerospace": "Aerospace",
    "automotive": "Auto",
    "banks": "Bank",
    "consumer": "Consumer",
    "energy": "Energy",
    "health": "Health-care",
    "industrials": "Industrial",
    "insurance": "Insurance",
    "internet": "Internet",
    "materials": "Mining and materials",
    "media": "Media",
    "payments": "Payment",
    "retail": "Retail",
    "semiconductors": "Chip",
    "staples": "Consumer-staples",
    "technology": "Technology",
    "telecom": "Telecom",
    "transport": "Transport",
    "utilities": "Utility",
}
