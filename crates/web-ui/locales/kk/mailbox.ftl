# Қалтадағы хаттар: осы машинада әзірлеп отырғандарға.
mailbox-heading = Қалтадағы хаттар
mailbox-lead = SMTP_URL орнатылмаған, сондықтан бұл хаттар ешкімге кетпеді. Бұл бет тек әзірлеу кезінде бар.
mailbox-empty = Әзірге хат жоқ. Қайырмалдық жасап көріңіз!
mailbox-from = Кімнен
mailbox-to = Кімге
mailbox-written = Жазылған уақыты
mailbox-files = Тіркемелер
mailbox-size = { $kilobytes } КБ
mailbox-html = HTML түрінде
mailbox-text = Мәтін түрінде
