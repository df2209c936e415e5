"""The words beside a number, a date or a code that say what it is.

Each list is ours: no document says how people write (assumed). They are tables so
that they can be read and criticised; `find` tells how they are used.
"""

from __future__ import annotations

__all__ = [
    "BIRTH_WORDS",
    "EVENTS_AFTER",
    "EVENT_WORDS",
    "HOME_WORDS",
    "LINKING_WORDS",
    "NOT_A_NAME",
    "NO_VALUES",
    "OTHER_NUMBERS",
    "PLACE_WORDS",
    "PRODUCT_WORDS",
    "TELEPHONE_WORDS",
    "ULN_WORDS",
]

BIRTH_WORDS = """
    dob d.o.b d.o.b. birth born birthday birthdate dateofbirth date_of_birth
"""

EVENT_WORDS = """
    achieved achievement act agreement amended application appointment arrived
    assessment assessed audit award awarded began begins certificate certificates
    closed closes closing commenced commencing completed completion conference
    contract course created dated deadline delivered delivery due effective enrolled
    enrolment established ended ending ends exam examination exams expired expires
    expiry founded holiday incorporated induction inspected inspection interview
    invoice issued joined launched left letter meeting meetings minutes moved news
    occurred ofsted opened opening order ordered paid passed payment phoned policy
    posted published received registered registration release released renewed reply
    results review sat sent seminar series session signed since sort+code starting
    started starts submitted submission term test training until updated uploaded valid
    version visit visited webinar week withdrawn withdrew workshop wrote v
"""

EVENTS_AFTER = """
    appointment audit conference deadline exam examination inspection interview meeting
    minutes paper review series session visit webinar workshop
"""

PLACE_WORDS = """
    academy authority building centre+postcode college+postcode school+postcode
    campus centre college company council department dept
    depot desk head+office house+of institute limited ltd office offices our+address
    plc school site sixth+form station university venue warehouse
"""

HOME_WORDS = """
    home lives living lived resides residing resident moved moves learner+postcode
    learner's+postcode learner+address learner's+address student+postcode
    pupil+postcode her+postcode his+postcode their+postcode her+address his+address
    their+address postcode post+code
"""

PRODUCT_WORDS = """
    batch catalogue code course item licence+plate machine model module order paper
    part parts product registration+plate room serial size sku spare stock unit
"""

OTHER_NUMBERS = """
    account accounts account+no a/c barcode booking bookings case cases claim delivery
    iban invoice invoices isbn job jobs meter nhs order orders parcel parcels policy
    product purchase+order po requisition sap serial shipment sort+code stock ticket
    tickets tracking utr vat voucher
"""

TELEPHONE_WORDS = """
    call extension fax mobile mobiles mob ph phone phones ring tel tels telephone
    telephones text whatsapp
"""

ULN_WORDS = "uln ulns unique+learner learner learner's student pupil candidate"

LINKING_WORDS = """
    a an are at code for id is me no nos nr num number numbers number's
    of on ref reference the this to us was
"""

NOT_A_NAME = """
    as blank date gender is missing n/a none not please same see tba tbc the unknown
"""

NO_VALUES = """
    a about again already also an and apart any as asked at available be because been
    being below blank box but by call can cannot changed changes complex compromised
    confidential contact correct does done due empty enclosed encrypted enter expired
    expires field first follow following follows for forgotten from generated given
    has have held hidden if important in incorrect invalid is it its kept known later
    locked lost mandatory masked me missing must my n/a na needed never new no none
    not now of off old on one only or our overleaf phone phoned please private
    protected redacted required reset ring s safe same saved secret secure see sent
    separate separately set shared should shown so sometimes still stored strong such
    tba tbc telephone temporary text that the their them then there they this to too
    trouble unchanged under unknown unsafe updated us used using valid was we weak what
    when which who will with withheld without wrong you your
"""
