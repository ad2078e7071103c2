// A bot with the official JavaScript client. It logs in, listens, posts, reacts to
// what it hears, uploads a file, and goes on listening when its connection is cut:
// after "drop me" on its output it waits for a message that it missed.
//
//   MATTERMOST_URL=… MATTERMOST_LOGIN=… MATTERMOST_PASSWORD=… MATTERMOST_CHANNEL=team/channel node client.js
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

const say = (text) => process.stdout.write(text + '\n');
const api = new Client4();

// listen connects and collects events. With a cookie, as in a browser, the client
// gets what it missed when it comes back; with a challenge it starts anew.
function listen(how) {
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

const post = (event) => JSON.parse(event.data.post);

async function main() {
    const {MATTERMOST_URL, MATTERMOST_LOGIN, MATTERMOST_PASSWORD, MATTERMOST_CHANNEL} = process.env;
    api.setUrl(MATTERMOST_URL);
    const me = await api.login(MATTERMOST_LOGIN, MATTERMOST_PASSWORD);
    say(`logged in as ${me.username}`);

    const challenged = listen('challenge');
    await challenged.heard('hello');
    challenged.socket.close();

    const listener = listen('cookie');
    await listener.heard('hello');
    say('listening');

    const [team, name] = MATTERMOST_CHANNEL.split('/');
    const channel = await api.getChannelByNameAndTeamName(team, name);
    const made = await api.createPost({channel_id: channel.id, message: 'hello from JavaScript'});
    await listener.heard('posted', (e) => post(e).id === made.id);
    say('posted');

    const question = post(await listener.heard('posted', (e) => post(e).user_id !== me.id));
    await api.addReaction(me.id, question.id, 'eyes');
    await listener.heard('reaction_added');
    say(`reacted to ${question.message}`);

    const form = new FormData();
    form.append('channel_id', channel.id);
    form.append('files', new Blob(['1,2\n']), 'numbers.csv');
    const {file_infos: [file]} = await api.uploadFile(form);
    await api.createPost({channel_id: channel.id, message: 'the numbers', file_ids: [file.id]});
    await listener.heard('posted', (e) => e.data.otherFile === 'true');
    say(`uploaded ${file.name}`);

    say('drop me');
    const missed = post(await listener.heard('posted', (e) => post(e).user_id !== me.id));
    if (listener.events.some((e) => e.event === 'missed' || e.event === 'hello')) {
        throw new Error('the server no longer knew the connection');
    }
    await api.createPost({channel_id: channel.id, message: `got "${missed.message}"`, root_id: missed.id});
    say('done');
    listener.socket.close();
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
setTimeout(() => {
    console.error('nothing happens any more');
    process.exit(1);
}, 60000).unref();
