// A bot with the official JavaScript client. It logs in, listens, posts, reacts to
// what it hears, uploads a file, and goes on listening when its connection is cut:
// after "drop me" on its output it waits for a message that it missed.
//
//   MATTERMOST_URL=… MATTERMOST_LOGIN=… MATTERMOST_PASSWORD=… MATTERMOST_CHANNEL=team/channel node client.js
import {api, listen, logIn, post, run, say} from './mattermost.js';

run(async function main() {
    const {me, channel} = await logIn();

    const challenged = listen('challenge');
    await challenged.heard('hello');
    challenged.socket.close();

    const listener = listen('cookie');
    await listener.heard('hello');
    say('listening');

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
});
