// What the scripts of this folder have in common: the official client's connection.
import client from '@mattermost/client';
import WebSocket from 'ws';

const {Client4, WebSocketClient} = client;

// Browsers have these; Node has them from version 23 on.
globalThis.WebSocket ??= WebSocket;
globalThis.CloseEvent ??= class extends Event {
    constructor(type, init) {
        super(type);
        Object.assign(this, init);
    }
};
console.log = console.error; // the client says much; what we say goes to the output

export const say = (text) => process.stdout.write(text + '\n');
export const api = new Client4();

// listen connects and collects events. With a cookie, as in a browser, the client
// gets what it missed when it comes back; with a challenge it starts anew.
export function listen(how) {
    const socket = new WebSocketClient({
        minWebSocketRetryTime: 20,
        reconnectJitterRange: 20,
        newWebSocketFn: (url) => new WebSocket(url, how === 'cookie' ? {headers: {Cookie: `MMAUTHTOKEN=${api.getToken()}`}} : {}),
    });
    const events = [];
    let wake = () => {};
    socket.addMessageListener((event) => {
        events.push(event);
        wake();
    });
    socket.addMissedMessageListener(() => events.push({event: 'missed'}));
    // heard takes the first event of a name that fits.
    const heard = async (name, fits = () => true) => {
        for (;;) {
            const i = events.findIndex((e) => e.event === name && fits(e));
            if (i >= 0) {
                return events.splice(i, 1)[0];
            }
            await new Promise((resolve) => {
                wake = resolve;
            });
        }
    };
    socket.initialize(api.getWebSocketUrl(), how === 'challenge' ? api.getToken() : undefined);
    return {socket, events, heard};
}

export const post = (event) => JSON.parse(event.data.post);

// logIn returns the user that the environment names, and the channel.
export async function logIn() {
    const {MATTERMOST_URL, MATTERMOST_LOGIN, MATTERMOST_PASSWORD, MATTERMOST_CHANNEL} = process.env;
    api.setUrl(MATTERMOST_URL);
    const me = await api.login(MATTERMOST_LOGIN, MATTERMOST_PASSWORD);
    say(`logged in as ${me.username}`);
    const [team, name] = MATTERMOST_CHANNEL.split('/');
    return {me, channel: await api.getChannelByNameAndTeamName(team, name)};
}

// run ends the process when main has done its work, has failed, or hangs.
export function run(main) {
    main().catch((error) => {
        console.error(error);
        process.exitCode = 1;
    });
    setTimeout(() => {
        console.error('nothing happens any more');
        process.exit(1);
    }, 60000).unref();
}
