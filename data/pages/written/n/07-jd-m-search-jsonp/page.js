jdSearchResultBkCbA({
    "retcode":"0",
    "errmsg":"",
    "data": {
        "searchm":{
            "Head":{
                "Query":{
                    "HcCid1s": "",
                    "HcCid2s": "",
                    "HcCid3s": "",
                    "QueryProcessor":{
                        "ExpandQueryStatus" : "",
                        "ExpandQuery" : ""
                    },
                    "Sort":{
                        "is_pop_brand_alternate_on":""
                    }
                },
                "Summary": {
                    "OrgSkuCount": "8461",
                    "Page": {
                        "PageCount": "100",
                        "PageIndex": "1",
                        "PageSize": "22"
                    },
                    "ResultCount": "8461",
                    "ResultCut": "0"
                }
            },
            "ObjA_Price":[
            {
                "max":59,
                "min":0
            },
            {
                "max":129,
                "min":59
            },
            {
                "max":2999,
                "min":129
            }
            ],
            "ObjB_TextCollection":{
                "brand":{
                    "id":"",
                    "pinyin":"",
                    "value":""
                },
                "exp_color":{
                    "value":""
                },
                "exp_size":{
                    "value":""
                }
            },
            "Paragraph": [

                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/92930/22/9432/79911/e093fe128d38e8eeE7cb8fe3d/e2efc50ea990b9ec.jpg",
                        "long_image_url": "",
                        "shop_name": "苏泊尔京东自营旗舰店",
                        "warename": "苏泊尔（SUPOR）电水壶热水壶 1.7L大容量 304不锈钢 双层防烫 SW-17J411",
                        "CustomAttrList" : "防烫^1.7L^304不锈钢",
                        "shortWarename" : "苏泊尔 SW-17J411"
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "30679",
                    "dredisprice": "129.00",
                    "good": "97",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "423580706",
                    "shop_id": "3122383",
                    "vender_id": "3661614",
                    "wareid": "91321892",
                    "property_flag": "0",
                    "flags": "52569932"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/67672/41/2690/88144/01f9171a39a76b5bEbaf6619a/b2a211220e344c0a.jpg",
                        "long_image_url": "",
                        "shop_name": "",
                        "warename": "美的（Midea）电热水壶 烧水壶 无缝内胆 自动断电 1.5L MK-SHJ1522",
                        "CustomAttrList" : "无缝内胆^1.5L",
                        "shortWarename" : "美的 SHJ1522"
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "152987",
                    "dredisprice": "99.90",
                    "good": "91",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "803200878",
                    "shop_id": "6112002",
                    "vender_id": "2387240",
                    "wareid": "68141170473",
                    "property_flag": "0",
                    "flags": "82194177"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/47143/22/4742/97276/3ad9991d697bacd5E0049d060/90df96ebdb725be1.jpg",
                        "long_image_url": "",
                        "shop_name": "小米京东自营旗舰店",
                        "warename": "小米米家恒温电水壶2 电热水壶 智能控温 LED屏",
                        "CustomAttrList" : "恒温^App控制",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "190095",
                    "dredisprice": "159.00",
                    "good": "91",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "725003479",
                    "shop_id": "6602537",
                    "vender_id": "2555345",
                    "wareid": "87010395",
                    "property_flag": "0",
                    "flags": "17553037"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/28335/48/2608/64250/f2ed6de30e1653cdEba05fec3/e1aad40c96ae1d31.jpg",
                        "long_image_url": "",
                        "shop_name": "奥克斯小家电专卖店",
                        "warename": "奥克斯电热水壶家用烧水壶快壶 2.3L宿舍 AUX-8522",
                        "CustomAttrList" : "2.3L^快烧",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "39.90",
                        "count": "2"
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "254684",
                    "dredisprice": "49.90",
                    "good": "99",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "934373920",
                    "shop_id": "8350816",
                    "vender_id": "3861887",
                    "wareid": "30208943123371",
                    "property_flag": "0",
                    "flags": "77526590"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/23153/4/6361/86735/5e28cc42ffefbbd2E17e9ab72/5b381f39d99ddfe4.jpg",
                        "long_image_url": "",
                        "shop_name": "",
                        "warename": "九阳（Joyoung）开水煲 K17-F67 三段保温",
                        "CustomAttrList" : "三段保温^1.7L",
                        "shortWarename" : "九阳 K17-F67"
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "274122",
                    "dredisprice": "118.00",
                    "good": "98",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "464629252",
                    "shop_id": "9580572",
                    "vender_id": "4749736",
                    "wareid": "924479867222",
                    "property_flag": "0",
                    "flags": "93642478"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/38633/35/4471/77742/3d2605812b7d58fdE1a6b2286/82ce3cfdffea7935.jpg",
                        "long_image_url": "",
                        "shop_name": "膳魔师小家电旗舰店",
                        "warename": "膳魔师 电水壶 不锈钢 1.2升 EHA-1251",
                        "CustomAttrList" : "1.2L^进口",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "169198",
                    "dredisprice": "268.00",
                    "good": "94",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "359155557",
                    "shop_id": "7944655",
                    "vender_id": "7325631",
                    "wareid": "41998271279050",
                    "property_flag": "0",
                    "flags": "33320249"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/46247/35/7674/81180/a0c91f0eba2d1cbdE4bb216ae/4b57738d2ed6ece6.jpg",
                        "long_image_url": "",
                        "shop_name": "半球生活电器京东店",
                        "warename": "半球玻璃养生壶 煮茶器 全自动多功能 1.8L",
                        "CustomAttrList" : "煮茶^1.8L",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "239847",
                    "dredisprice": "79.00",
                    "good": "96",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "736208600",
                    "shop_id": "5187679",
                    "vender_id": "8162513",
                    "wareid": "31708045570845",
                    "property_flag": "0",
                    "flags": "26739800"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/18778/2/2576/85507/b529bde0da890767E19a23a0f/cefde670cc718e9b.jpg",
                        "long_image_url": "",
                        "shop_name": "",
                        "warename": "飞利浦（PHILIPS）电热水壶 食品级不锈钢 HD9331",
                        "CustomAttrList" : "弹盖^1.7L",
                        "shortWarename" : "飞利浦 HD9331"
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "113054",
                    "dredisprice": "219.00",
                    "good": "93",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "768864307",
                    "shop_id": "2653841",
                    "vender_id": "2257283",
                    "wareid": "56212673615047",
                    "property_flag": "0",
                    "flags": "77493360"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/70239/5/7622/15840/c4c578cbed12ff1fEba0622f5/3b66835dd535f8d4.jpg",
                        "long_image_url": "",
                        "shop_name": "康佳厨小电官方旗舰店",
                        "warename": "康佳折叠水壶 旅行便携式 硅胶压缩 0.6L",
                        "CustomAttrList" : "便携^折叠",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "51303",
                    "dredisprice": "69.90",
                    "good": "91",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "284003761",
                    "shop_id": "8786420",
                    "vender_id": "5030002",
                    "wareid": "54789970",
                    "property_flag": "0",
                    "flags": "69525677"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/88816/42/4369/22408/7e8f68b72699feb1Eca6329d5/659c16d04ffe9020.jpg",
                        "long_image_url": "",
                        "shop_name": "志高品创专卖店",
                        "warename": "志高电热水壶 大容量5L 恒温一体机 家用",
                        "CustomAttrList" : "5L^恒温",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "98.00",
                        "count": "2"
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "241553",
                    "dredisprice": "108.00",
                    "good": "92",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "345538524",
                    "shop_id": "1116096",
                    "vender_id": "1325533",
                    "wareid": "78428173",
                    "property_flag": "0",
                    "flags": "17089305"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/28531/21/6152/25726/451689163302b398E50d1e5cd/cc7b9b1927f3263a.jpg",
                        "long_image_url": "",
                        "shop_name": "北鼎京东自营旗舰店",
                        "warename": "北鼎电水壶 K206 复古外观 1.5L 母亲节礼物",
                        "CustomAttrList" : "复古^1.5L",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "134507",
                    "dredisprice": "698.00",
                    "good": "98",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "516805576",
                    "shop_id": "5164969",
                    "vender_id": "2155874",
                    "wareid": "536921135214",
                    "property_flag": "0",
                    "flags": "59180071"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/51869/24/7087/24463/ef156b161b24fa5fE99908ebf/dd363aca1ab57878.jpg",
                        "long_image_url": "",
                        "shop_name": "格来德旗舰店",
                        "warename": "格来德 食品级304电热水壶 双层保温 WEF-117S",
                        "CustomAttrList" : "保温^1.7L",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "145928",
                    "dredisprice": "89.00",
                    "good": "97",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "544266597",
                    "shop_id": "4054830",
                    "vender_id": "8470012",
                    "wareid": "75664795425",
                    "property_flag": "0",
                    "flags": "12836710"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/48819/14/6830/53669/f86ef557f444c760E400dbcbb/83c65341bd8d3766.jpg",
                        "long_image_url": "",
                        "shop_name": "荣事达好物专营店",
                        "warename": "荣事达烧水壶 家用 宿舍学生小型 1L 蓝",
                        "CustomAttrList" : "1L^学生",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "92660",
                    "dredisprice": "39.90",
                    "good": "95",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "464438199",
                    "shop_id": "3745637",
                    "vender_id": "3858786",
                    "wareid": "14644739291716",
                    "property_flag": "0",
                    "flags": "25457412"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/96299/13/7734/68872/203d95513dbe80c6E55575ce2/74f8977f5415f42b.jpg",
                        "long_image_url": "",
                        "shop_name": "",
                        "warename": "松下（Panasonic）电热水瓶 4L 真空保温 NC-HKT401",
                        "CustomAttrList" : "4L^微电脑",
                        "shortWarename" : "松下 NC-HKT401"
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "266832",
                    "dredisprice": "599.00",
                    "good": "96",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "387549296",
                    "shop_id": "7134045",
                    "vender_id": "5249121",
                    "wareid": "56976589",
                    "property_flag": "0",
                    "flags": "88992396"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/89716/48/8101/77338/7264b2268370f0d4E67e158f2/3250fc02f787fdc2.jpg",
                        "long_image_url": "",
                        "shop_name": "鸣盏茶器旗舰店",
                        "warename": "海尔鸣盏泡茶壶 底部上水 智能茶台嵌入式",
                        "CustomAttrList" : "底部上水^茶台",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "96736",
                    "dredisprice": "359.00",
                    "good": "96",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "377498552",
                    "shop_id": "4142343",
                    "vender_id": "9707835",
                    "wareid": "77808262123718",
                    "property_flag": "0",
                    "flags": "71742060"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/68510/3/1092/29387/de39d82f46955597E16fbe4f6/9103d8f3627bbc9a.jpg",
                        "long_image_url": "",
                        "shop_name": "德尔玛京东自营官方旗舰店",
                        "warename": "德尔玛电热水壶 触控 保温24小时 白",
                        "CustomAttrList" : "24小时保温",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "125.50",
                        "count": "2"
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "173392",
                    "dredisprice": "135.50",
                    "good": "92",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "609288352",
                    "shop_id": "9292669",
                    "vender_id": "8460515",
                    "wareid": "469183894653",
                    "property_flag": "0",
                    "flags": "52958558"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/23965/25/1348/47381/8e580391ed02bee6E8f6da954/ed3ca0ce2e873d02.jpg",
                        "long_image_url": "",
                        "shop_name": "莱克吉米旗舰店",
                        "warename": "莱克吉米 即热饮水机 台式 3秒速热 2.5L",
                        "CustomAttrList" : "即热^2.5L",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "84159",
                    "dredisprice": "",
                    "good": "98",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "824419287",
                    "shop_id": "1439845",
                    "vender_id": "6786813",
                    "wareid": "791583514737",
                    "property_flag": "0",
                    "flags": "96358930"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/86267/16/6136/26957/70f088c3e957be36E79ffdff9/15bbb1d30577cf21.jpg",
                        "long_image_url": "",
                        "shop_name": "欧美特茶具专营店",
                        "warename": "欧美特全自动上水壶 煮茶一体 20*37cm",
                        "CustomAttrList" : "20x37^自动上水",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "91491",
                    "dredisprice": "178.00",
                    "good": "96",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "529036475",
                    "shop_id": "2843277",
                    "vender_id": "3182672",
                    "wareid": "806012887988",
                    "property_flag": "0",
                    "flags": "49344644"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/54060/1/6249/10471/50f08bb8fc97dc5cE2c945fb9/0115fcfe9d49bded.jpg",
                        "long_image_url": "",
                        "shop_name": "摩飞京东自营旗舰店",
                        "warename": "摩飞电器 便携式烧水杯 旅行 400ml MR6080",
                        "CustomAttrList" : "400ml",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "87252",
                    "dredisprice": "229.00",
                    "good": "94",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "948355500",
                    "shop_id": "7920711",
                    "vender_id": "8717970",
                    "wareid": "53200737023",
                    "property_flag": "0",
                    "flags": "25254233"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/79827/43/9625/66825/0948a44f18eed5cfEb973046f/9168cb9ecf3dc304.jpg",
                        "long_image_url": "",
                        "shop_name": "长虹厨卫专卖店",
                        "warename": "长虹电水壶 2L 防干烧 CSH-20Y13",
                        "CustomAttrList" : "2L",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "287719",
                    "dredisprice": "45.00",
                    "good": "98",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "532175588",
                    "shop_id": "3315712",
                    "vender_id": "5595930",
                    "wareid": "99189936510",
                    "property_flag": "0",
                    "flags": "60702341"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/90680/24/8671/66750/b2e7639ca84ef624E3d95ef83/e4bf27c263093608.jpg",
                        "long_image_url": "",
                        "shop_name": "云米旗舰店",
                        "warename": "云米智能水壶 屏显水温 V-SK152B",
                        "CustomAttrList" : "屏显",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "",
                        "count": ""
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "212007",
                    "dredisprice": "149.00",
                    "good": "99",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "348620345",
                    "shop_id": "4463614",
                    "vender_id": "7061950",
                    "wareid": "11701388",
                    "property_flag": "0",
                    "flags": "95137194"
                },
                {
                    "Content": {
                        "author": "",
                        "imageurl": "jfs/t1/75701/21/8443/17902/9127a93161df67b3E3e35fe77/671c2190ae0ceb16.jpg",
                        "long_image_url": "",
                        "shop_name": "特美刻旗舰店",
                        "warename": "特美刻热水壶 马卡龙色 0.8L 少女心",
                        "CustomAttrList" : "0.8L^马卡龙",
                        "shortWarename" : ""
                    },


                    "pinGou": {
                        "bp": "149.90",
                        "count": "2"
                    },
                    "catid": "739",
                    "cid1": "737",
                    "cid2": "752",
                    "commentcount": "39889",
                    "dredisprice": "159.90",
                    "good": "98",
                    "hotscore": "8.",
                    "hprice": "",
                    "ico": "0",
                    "productext": "588193866",
                    "shop_id": "6948418",
                    "vender_id": "5150407",
                    "wareid": "866592529885",
                    "property_flag": "0",
                    "flags": "28689141"
                }
            ],
            "hc_word": ["养生壶","保温壶","热水瓶 家用","即热饮水机"],
            "RelatedWords": [{"word":"电热水壶 304"},{"word":"烧水壶 宿舍"}]
        }
    },
    "logid":"9427096611140747"
});